variable "okta_url" {
  description = "URL of the Okta organization."
  type        = string
  default     = "https://acme.okta.com"
}

variable "okta_group_id" {
  description = "ID of the group whose members can sign in."
  type        = string
}

# 1. The connector, without settings: it has an ID, and so a redirect URI.
resource "logto_sso_connector" "acme" {
  provider_name  = "Okta"
  connector_name = "Acme"
  domains        = ["acme.example"]
  sync_profile   = true
}

# 2. The application at Okta.
resource "okta_app_oauth" "logto" {
  label          = "Example"
  type           = "web"
  grant_types    = ["authorization_code"]
  response_types = ["code"]
  redirect_uris  = [logto_sso_connector.acme.redirect_uri]
}

resource "okta_app_group_assignment" "logto" {
  app_id   = okta_app_oauth.logto.id
  group_id = var.okta_group_id
}

# 3. The settings of the connector.
resource "logto_sso_connector_config" "acme" {
  connector_id = logto_sso_connector.acme.id

  oidc = {
    issuer        = var.okta_url
    client_id     = okta_app_oauth.logto.client_id
    client_secret = okta_app_oauth.logto.client_secret # it is in the state already, as an attribute of the application
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
