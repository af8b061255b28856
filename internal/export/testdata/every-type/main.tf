# An object of every type that can be exported, with what is hard to write: names that are the same, or no words at all,
# texts with ${} and quotes, references to what every tenant has, secrets at several depths.

terraform {
  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

variable "issuer" {
  type = string
}

data "logto_role" "management" {
  name = "Logto Management API access"
}

data "logto_api_resource" "management" {
  name = "Logto Management API"
}

resource "logto_api_resource" "orders" {
  name             = "Orders API"
  indicator        = "https://orders.example.com"
  access_token_ttl = 900
  is_default       = true
  scopes = {
    "read:orders"  = { description = "Reads \"all\" $${orders}" }
    "write:orders" = {}
    plain          = { description = "100 %%{sure}" }
  }
}

resource "logto_api_resource" "payments" {
  name      = "Payments"
  indicator = "https://payments.example.com"
}

resource "logto_role" "clerk" {
  name        = "Clerk role"
  description = "Sees orders"
  is_default  = true
  scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]
}

resource "logto_role" "machine" {
  name        = "機械"
  description = "Calls Logto"
  type        = "MachineToMachine"
  scope_ids   = [data.logto_api_resource.management.scopes["all"].id, logto_api_resource.orders.scopes["write:orders"].id]
}

resource "logto_application" "site" {
  count         = 3
  name          = "Site"
  type          = "SPA"
  description   = count.index == 1 ? "The second" : null
  redirect_uris = ["https://site.example.com/${3 - count.index}"]
}

resource "logto_application" "worker" {
  name     = "Worker app"
  type     = "MachineToMachine"
  role_ids = [data.logto_role.management.id, logto_role.machine.id]
  custom_data = jsonencode({
    "for" = "a word of the language"
    "a b" = [1, 2.5, true, null, { deep = { deeper = "yes" } }]
    text  = "two\nlines $${literally}"
  })
}

resource "logto_application" "partner" {
  name                       = "Partner"
  type                       = "Traditional"
  is_third_party             = true
  redirect_uris              = ["https://partner.example.com/callback"]
  always_issue_refresh_token = true
  refresh_token_ttl_in_days  = 7
  max_allowed_grants         = 3
}

resource "logto_application_secret" "nightly" {
  application_id = logto_application.worker.id
  name           = "nightly"
}

resource "logto_application_secret" "partner" {
  application_id = logto_application.partner.id
  name           = "until the end"
  expires_at     = "2099-01-01T00:00:00Z"
}

resource "logto_application_access_control" "site" {
  application_id   = logto_application.site[0].id
  enabled          = true
  user_role_ids    = [logto_role.clerk.id]
  organization_ids = [logto_organization.acme.id]
  organization_role_rules = [{
    organization_id       = logto_organization.globex.id
    organization_role_ids = [logto_organization_role.admin.id]
  }]
}

resource "logto_application_sign_in_experience" "site" {
  application_id = logto_application.site[0].id
  display_name   = "The site"
  color          = { primary_color = "#0a7d4f" }
  custom_css     = "body {\n  color: red;\n}\n"
}

resource "logto_application_user_consent_scopes" "partner" {
  application_id                  = logto_application.partner.id
  user_scopes                     = ["profile", "email"]
  resource_scope_ids              = [logto_api_resource.orders.scopes["read:orders"].id]
  organization_scope_ids          = [logto_organization_scope.invite.id]
  organization_resource_scope_ids = [logto_api_resource.orders.scopes["plain"].id]
}

resource "logto_saml_application" "wiki" {
  name              = "Wiki"
  entity_id         = "https://wiki.example.com/saml"
  acs_url           = { url = "https://wiki.example.com/saml/acs" }
  attribute_mapping = { email = "mail" }
}

resource "logto_saml_application_secret" "next" {
  application_id     = logto_saml_application.wiki.id
  life_span_in_years = 2
  active             = true
}

resource "logto_connector" "email" {
  connector_id = "simple-mail-transfer-protocol"
  config = jsonencode({
    host      = "smtp.example.com"
    port      = 465
    secure    = true
    auth      = { user = "logto", pass = "s3cr3t" }
    fromEmail = "Example <no-reply@example.com>"
    templates = [for use in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
      usageType   = use
      contentType = "text/plain"
      subject     = "Your code"
      content     = "Your code is {{code}}.\nIt is good for 10 minutes.\n"
    }]
  })
}

resource "logto_connector" "github" {
  connector_id = "github-universal"
  sync_profile = true
  config       = jsonencode({ clientId = "Iv1.0123456789abcdef", clientSecret = "s3cr3t" })
}

resource "logto_connector" "empty" {
  connector_id = "google-universal"
}

resource "logto_connector" "acme" {
  id           = "acme-accounts"
  connector_id = "oauth2"
  target       = "acme"
  name         = { en = "Acme account", fr = "Compte Acme" }
  logo         = "https://www.acme.example/logo.png"
  config = jsonencode({
    authorizationEndpoint = "https://accounts.acme.example/authorize"
    tokenEndpoint         = "https://accounts.acme.example/token"
    userInfoEndpoint      = "https://accounts.acme.example/userinfo"
    clientId              = "logto"
    clientSecret          = "s3cr3t"
    scope                 = "profile email"
    profileMap            = { id = "sub" }
  })
}

resource "logto_sso_connector" "globex" {
  provider_name  = "OIDC"
  connector_name = "Globex"
  domains        = ["globex.example.com"]
  oidc = {
    issuer        = var.issuer
    client_id     = "logto"
    client_secret = "s3cr3t"
  }
}

resource "logto_sso_connector" "initech" {
  provider_name  = "SAML"
  connector_name = "Initech"
  domains        = ["initech.example.com"]
  branding       = { display_name = "Initech" }
  saml = {
    entity_id         = "https://idp.initech.example/saml"
    sign_in_endpoint  = "https://idp.initech.example/saml/sso"
    x509_certificate  = <<-EOT
      -----BEGIN CERTIFICATE-----
      MIIBizCCATGgAwIBAgIUMKICnV8AZw/LYvkp5XPOopHOLzYwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQaWRwLmFjbWUuZXhhbXBsZTAeFw0yNjExMjMwOTA2MDJaFw00
      NjExMTgwOTA2MDJaMBsxGTAXBgNVBAMMEGlkcC5hY21lLmV4YW1wbGUwWTATBgcq
      hkjOPQIBBggqhkjOPQMBBwNCAATtSdKBTwcSp4vUPeC0NSX6gOYuodBMLpg1cHeD
      hJqh/d3sLrStZPFvpE+URLhoAi//j8E1iBEuENLR4rYnmaLCo1MwUTAdBgNVHQ4E
      FgQUj0cGgRZsokNEBgmALQtD2X1hWd4wHwYDVR0jBBgwFoAUj0cGgRZsokNEBgmA
      LQtD2X1hWd4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAsvUc
      h3MoHH9oV+1rbyt+qn9GGDhBOH+t0qEpzchV6NACIGHfJp4glQmyMGC3xtPfCBHb
      b5uMeY6Xw5ySPFCAdzDG
      -----END CERTIFICATE-----
    EOT
    attribute_mapping = { id = "uid" }
  }
}

resource "logto_sso_connector" "umbrella" {
  provider_name  = "SAML"
  connector_name = "Umbrella"
}

resource "logto_sso_connector_signing_key" "umbrella" {
  connector_id = logto_sso_connector.umbrella.id
  active       = true
}

resource "logto_sso_connector_config" "umbrella" {
  connector_id = logto_sso_connector.umbrella.id
  saml = {
    entity_id          = "https://idp.umbrella.example/saml"
    sign_in_endpoint   = "https://idp.umbrella.example/saml/sso"
    x509_certificate   = <<-EOT
      -----BEGIN CERTIFICATE-----
      MIIBizCCATGgAwIBAgIUMKICnV8AZw/LYvkp5XPOopHOLzYwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQaWRwLmFjbWUuZXhhbXBsZTAeFw0yNjExMjMwOTA2MDJaFw00
      NjExMTgwOTA2MDJaMBsxGTAXBgNVBAMMEGlkcC5hY21lLmV4YW1wbGUwWTATBgcq
      hkjOPQIBBggqhkjOPQMBBwNCAATtSdKBTwcSp4vUPeC0NSX6gOYuodBMLpg1cHeD
      hJqh/d3sLrStZPFvpE+URLhoAi//j8E1iBEuENLR4rYnmaLCo1MwUTAdBgNVHQ4E
      FgQUj0cGgRZsokNEBgmALQtD2X1hWd4wHwYDVR0jBBgwFoAUj0cGgRZsokNEBgmA
      LQtD2X1hWd4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAsvUc
      h3MoHH9oV+1rbyt+qn9GGDhBOH+t0qEpzchV6NACIGHfJp4glQmyMGC3xtPfCBHb
      b5uMeY6Xw5ySPFCAdzDG
      -----END CERTIFICATE-----
    EOT
    sign_authn_request = true
  }
  depends_on = [logto_sso_connector_signing_key.umbrella]
}

resource "logto_dynamic_app" "this" {
  enabled     = true
  user_scopes = ["profile"]
}

resource "logto_organization_scope" "invite" {
  name        = "invite:member"
  description = "Invites people"
}

resource "logto_organization_role" "admin" {
  name               = "Admin"
  scope_ids          = [logto_organization_scope.invite.id]
  resource_scope_ids = [logto_api_resource.orders.scopes["read:orders"].id]
}

resource "logto_organization_role" "sync" {
  name = "Sync"
  type = "MachineToMachine"
}

resource "logto_organization" "acme" {
  name        = "Acme organization"
  custom_data = jsonencode({ plan = "pro" })
  branding    = { logo_url = "https://acme.example.com/logo.svg" }
}

resource "logto_organization" "globex" {
  name            = "Globex"
  is_mfa_required = true
  jit = {
    email_domains     = ["globex.example.com"]
    role_ids          = [logto_organization_role.admin.id]
    sso_connector_ids = [logto_sso_connector.globex.id]
  }
}

resource "logto_organization_application" "worker" {
  organization_id = logto_organization.acme.id
  application_id  = logto_application.worker.id
  role_ids        = [logto_organization_role.sync.id]
}

resource "logto_user" "jane" {
  username      = "jane"
  primary_email = "jane@example.com"
  name          = "Jane Doe"
  profile       = { given_name = "Jane", address = { locality = "London" } }
  custom_data   = jsonencode({ seats = 3 })
  role_ids      = [logto_role.clerk.id]
}

resource "logto_user" "other" {
  primary_email = "other@example.com"
  is_suspended  = true
  role_ids      = [] # not even the default role
}

resource "logto_user_identity" "github" {
  user_id          = logto_user.jane.id
  target           = logto_connector.github.target
  provider_user_id = "583231"
  details          = jsonencode({ id = "583231" })
}

resource "logto_personal_access_token" "release" {
  user_id    = logto_user.jane.id
  name       = "release"
  expires_at = "2090-01-01T00:00:00Z"
}

resource "logto_organization_member" "jane" {
  organization_id = logto_organization.acme.id
  user_id         = logto_user.jane.id
  role_ids        = [logto_organization_role.admin.id]
}

resource "logto_organization_invitation" "joe" {
  organization_id = logto_organization.acme.id
  invitee         = "joe@example.com"
  inviter_id      = logto_user.jane.id
  expires_at      = "2099-01-01T00:00:00Z"
  role_ids        = [logto_organization_role.admin.id]
  depends_on      = [logto_organization_member.jane]
}

resource "logto_hook" "people" {
  name    = "People webhook"
  url     = "https://hooks.example.com/logto"
  events  = ["User.Created"]
  headers = { Authorization = "Bearer s3cr3t", X-Source = "logto" }
}

resource "logto_jwt_customizer" "access_token" {
  token_type            = "access-token"
  script                = "const getCustomJwtClaims = async () => {\n  return { a: `$${1}` };\n};"
  environment_variables = { REGION = "eu", KEY = "s3cr3t" }
  token_sample          = jsonencode({ aud = "https://orders.example.com" })
}

resource "logto_action" "post_sign_in" {
  action_type = "action.postSignIn"
  script      = "  const runAction = async () => undefined;\n\n  // indented\n"
  enabled     = true
}

resource "logto_id_token_config" "this" {
  enabled_extended_claims = ["roles", "organizations"]
}

resource "logto_oidc_session_config" "this" {
  ttl = 86400
}

resource "logto_captcha_provider" "this" {
  type       = "Turnstile"
  site_key   = "1x00000000000000000000AA"
  secret_key = "s3cr3t"
}

resource "logto_custom_phrase" "swedish" {
  language_tag = "sv-SE"
  translation  = jsonencode({ action = { sign_in = "Logga \"in\"" } })
}

resource "logto_email_template" "sign_in" {
  language_tag  = "en"
  template_type = "SignIn"
  subject       = "Your code"
  content       = "<p>\r\n  {{code}}\r\n</p>"
  content_type  = "text/html"
}

resource "logto_custom_profile_field" "size" {
  name   = "shirtSize"
  type   = "Select"
  config = { options = [{ value = "s", label = "Small" }, { value = "l" }] }
}

resource "logto_custom_profile_field" "full_name" {
  name     = "fullname"
  type     = "Fullname"
  required = true
  config = {
    parts = [
      { name = "givenName", type = "Text", enabled = true, required = true, config = { placeholder = "Jane" } },
      { name = "middleName", type = "Text", enabled = false, required = false },
      { name = "familyName", type = "Text", enabled = true, required = true },
    ]
  }
}

resource "logto_sign_in_experience" "this" {
  language_info                    = { fallback_language = logto_custom_phrase.swedish.language_tag }
  sign_up                          = { identifiers = ["email"], password = true, verify = true }
  sign_in                          = { methods = [{ identifier = "email", password = true, verification_code = true, is_password_primary = true }] }
  social_sign_in_connector_targets = [logto_connector.github.target, logto_connector.acme.target]
  captcha_policy                   = { enabled = true }
  forgot_password_methods          = ["EmailVerificationCode"]
  sign_up_profile_fields           = [logto_custom_profile_field.size.name]
  custom_content                   = { "/sign-in" = "<p>${jsonencode("hello")}</p>\n<p>again</p>\n" }
  depends_on                       = [logto_connector.email, logto_captcha_provider.this]
}

resource "logto_account_center" "this" {
  enabled        = true
  fields         = { name = "Edit" }
  profile_fields = [logto_custom_profile_field.size.name]
}

# On Logto Cloud only.

resource "logto_domain" "auth" {
  domain = "auth.example.com"
}

resource "logto_application" "intranet" {
  name = "Intranet"
  type = "Protected"
  protected_app = {
    sub_domain = "intranet"
    origin     = "https://origin.example.com"
    page_rules = [{ path = "^/admin" }]
  }
}

resource "logto_application_custom_domain" "intranet" {
  application_id = logto_application.intranet.id
  domain         = "intranet.example.com"
}
