variable "entra_tenant_id" {
  description = "ID of the directory (tenant) at Microsoft Entra."
  type        = string
}

# 1. The connector, without settings: it has an ID, and so an entity ID and an assertion consumer service URL.
resource "logto_sso_connector" "acme" {
  provider_name  = "AzureAD"
  connector_name = "Acme"
  domains        = ["acme.example"]
  sync_profile   = true
}

# 2. The application at Microsoft Entra.
resource "azuread_application" "logto" {
  display_name = "Example"
  template_id  = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621" # for applications that are not in the gallery

  web {
    redirect_uris = [logto_sso_connector.acme.acs_url]
  }

  lifecycle {
    ignore_changes = [identifier_uris] # it is the resource below
  }
}

resource "azuread_service_principal" "logto" {
  client_id                     = azuread_application.logto.client_id
  use_existing                  = true # the template creates it
  preferred_single_sign_on_mode = "saml"
}

resource "azuread_application_identifier_uri" "logto" {
  application_id = azuread_application.logto.id
  identifier_uri = logto_sso_connector.acme.sp_entity_id

  depends_on = [azuread_service_principal.logto] # only an application for SAML can have an identifier of another domain
}

resource "azuread_service_principal_token_signing_certificate" "logto" {
  service_principal_id = azuread_service_principal.logto.id
}

# 3. The settings of the connector.
resource "logto_sso_connector_config" "acme" {
  connector_id = logto_sso_connector.acme.id

  saml = {
    metadata_url = "https://login.microsoftonline.com/${var.entra_tenant_id}/federationmetadata/2007-06/federationmetadata.xml?appid=${azuread_application.logto.client_id}"
    attribute_mapping = {
      email = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
      name  = "http://schemas.microsoft.com/identity/claims/displayname"
    }
  }

  depends_on = [azuread_service_principal_token_signing_certificate.logto] # the metadata has the certificate
}

# 4. The customer. Users become members with this role when they sign in with the connector for the first time.
resource "logto_organization_role" "member" {
  name = "Member"
}

resource "logto_organization" "acme" {
  name = "Acme"
  jit = {
    sso_connector_ids = [logto_sso_connector.acme.id]
    role_ids          = [logto_organization_role.member.id]
  }
}

# The sign-in pages send users with an address of the domain to the identity provider.
resource "logto_sign_in_experience" "this" {
  single_sign_on_enabled = true
}
