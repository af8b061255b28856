# terraform test: it needs no Logto, no Entra and no credentials.
mock_provider "logto" {}
mock_provider "azuread" {}

variables {
  entra_tenant_id = "11111111-2222-3333-4444-555555555555"
}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = azuread_application_identifier_uri.logto.identifier_uri == logto_sso_connector.acme.sp_entity_id
    error_message = "Entra must know the application by the entity ID of the connector."
  }

  assert {
    condition     = endswith(logto_sso_connector_config.acme.saml.metadata_url, azuread_application.logto.client_id)
    error_message = "The connector must read the metadata of the application at Entra."
  }

  assert {
    condition     = logto_organization.acme.jit.sso_connector_ids == toset([logto_sso_connector.acme.id])
    error_message = "Users who sign in with the connector must become members of the organization."
  }
}
