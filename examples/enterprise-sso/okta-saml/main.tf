variable "okta_group_id" {
  description = "ID of the group whose members can sign in."
  type        = string
}

# 1. The connector, without settings: it has an ID, and so an entity ID and an assertion consumer service URL.
resource "logto_sso_connector" "acme" {
  provider_name  = "SAML"
  connector_name = "Acme"
  domains        = ["acme.example"]
  sync_profile   = true
}

# 2. The application at Okta.
resource "okta_app_saml" "logto" {
  label                    = "Example"
  sso_url                  = logto_sso_connector.acme.acs_url
  recipient                = logto_sso_connector.acme.acs_url
  destination              = logto_sso_connector.acme.acs_url
  audience                 = logto_sso_connector.acme.sp_entity_id
  subject_name_id_template = "$${user.userName}"
  subject_name_id_format   = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
  response_signed          = true
  assertion_signed         = true
  signature_algorithm      = "RSA_SHA256"
  digest_algorithm         = "SHA256"
  authn_context_class_ref  = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

  attribute_statements {
    name   = "email"
    values = ["user.email"]
  }
  attribute_statements {
    name   = "name"
    values = ["user.displayName"]
  }
}

resource "okta_app_group_assignment" "logto" {
  app_id   = okta_app_saml.logto.id
  group_id = var.okta_group_id
}

# 3. The settings of the connector.
resource "logto_sso_connector_config" "acme" {
  connector_id = logto_sso_connector.acme.id

  saml = {
    metadata          = okta_app_saml.logto.metadata
    attribute_mapping = { email = "email", name = "name" }
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
