# terraform test: it needs no Logto, no Okta and no credentials.
mock_provider "logto" {}
mock_provider "okta" {}

variables {
  okta_group_id = "00g1"
}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = contains(okta_app_oauth.logto.redirect_uris, logto_sso_connector.acme.redirect_uri)
    error_message = "Okta must send users back to the redirect URI of the connector."
  }

  assert {
    condition     = logto_sso_connector_config.acme.oidc.client_id == okta_app_oauth.logto.client_id
    error_message = "The connector must have the client ID of the application at Okta."
  }

  assert {
    condition     = logto_organization.acme.jit.sso_connector_ids == toset([logto_sso_connector.acme.id])
    error_message = "Users who sign in with the connector must become members of the organization."
  }
}
