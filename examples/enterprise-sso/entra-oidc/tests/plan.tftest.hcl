# terraform test: it needs no Logto, no Entra and no credentials.
mock_provider "logto" {}
mock_provider "azuread" {}

variables {
  entra_tenant_id = "11111111-2222-3333-4444-555555555555"
}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = contains(one(azuread_application.logto.web).redirect_uris, logto_sso_connector.acme.redirect_uri)
    error_message = "Entra must send users back to the redirect URI of the connector."
  }

  assert {
    condition     = logto_sso_connector_config.acme.oidc.client_id == azuread_application.logto.client_id
    error_message = "The connector must have the client ID of the application at Entra."
  }

  assert {
    condition     = logto_organization.acme.jit.sso_connector_ids == toset([logto_sso_connector.acme.id])
    error_message = "Users who sign in with the connector must become members of the organization."
  }
}
