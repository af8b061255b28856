# terraform test: it needs no Logto, no Okta and no credentials.
mock_provider "logto" {}
mock_provider "okta" {
  mock_resource "okta_app_saml" {
    defaults = {
      metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><IDPSSODescriptor/></EntityDescriptor>"
    }
  }
}

variables {
  okta_group_id = "00g1"
}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = okta_app_saml.logto.sso_url == logto_sso_connector.acme.acs_url && okta_app_saml.logto.audience == logto_sso_connector.acme.sp_entity_id
    error_message = "Okta must send assertions to the connector, for its entity ID."
  }

  assert {
    condition     = logto_sso_connector_config.acme.saml.metadata == okta_app_saml.logto.metadata
    error_message = "The connector must have the metadata of the application at Okta."
  }

  assert {
    condition     = logto_organization.acme.jit.sso_connector_ids == toset([logto_sso_connector.acme.id])
    error_message = "Users who sign in with the connector must become members of the organization."
  }
}
