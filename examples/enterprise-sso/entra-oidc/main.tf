variable "entra_tenant_id" {
  description = "ID of the directory (tenant) at Microsoft Entra."
  type        = string
}

# 1. The connector, without settings: it has an ID, and so a redirect URI.
resource "logto_sso_connector" "acme" {
  provider_name  = "AzureAdOidc"
  connector_name = "Acme"
  domains        = ["acme.example"]
  sync_profile   = true
}

# 2. The application at Microsoft Entra.
resource "azuread_application" "logto" {
  display_name = "Example"

  web {
    redirect_uris = [logto_sso_connector.acme.redirect_uri]
  }
  optional_claims {
    id_token {
      name = "email"
    }
  }
}

resource "azuread_service_principal" "logto" {
  client_id = azuread_application.logto.client_id
}

resource "azuread_application_password" "logto" {
  application_id = azuread_application.logto.id
}

# 3. The settings of the connector.
resource "logto_sso_connector_config" "acme" {
  connector_id = logto_sso_connector.acme.id

  oidc = {
    issuer        = "https://login.microsoftonline.com/${var.entra_tenant_id}/v2.0"
    client_id     = azuread_application.logto.client_id
    client_secret = azuread_application_password.logto.value # it is in the state already, as an attribute of the password

    # Entra does not say whether an address is verified. The directory assigns it, so it can be trusted.
    trust_unverified_email = true
  }
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
