# Sign-in with GitHub. A tenant has one connector of such a factory.
resource "logto_connector" "github" {
  connector_id = "github-universal"
  sync_profile = true

  config = jsonencode({
    clientId     = "Iv1.0123456789abcdef"
    clientSecret = "0123456789abcdef0123456789abcdef01234567"
    scope        = "read:user user:email"
  })
}

# Sign-in with any provider that speaks OAuth 2.0. The ID is part of the redirect
# URI, <endpoint>/callback/acme-accounts, so it is chosen here. The settings are
# in no plan and no state (needs Terraform 1.11); the version says when they are
# others.
resource "logto_connector" "acme" {
  id           = "acme-accounts"
  connector_id = "oauth2"
  target       = "acme"
  name         = { en = "Acme account", fr = "Compte Acme" }
  logo         = "https://www.acme.example/logo.png"

  config_wo = jsonencode({
    authorizationEndpoint = "https://accounts.acme.example/authorize"
    tokenEndpoint         = "https://accounts.acme.example/token"
    userInfoEndpoint      = "https://accounts.acme.example/userinfo"
    clientId              = "logto"
    clientSecret          = "s3cr3t"
    scope                 = "profile email"
    profileMap            = { id = "sub", email = "email", name = "name" }
  })
  config_wo_version = 1
}

# Email by SMTP. The connector of type Email, of which a tenant has one; when its
# factory changes, the new one is there before the old one goes.
resource "logto_connector" "email" {
  connector_id = "simple-mail-transfer-protocol"

  config_wo = jsonencode({
    host      = "smtp.acme.example"
    port      = 465
    secure    = true
    auth      = { user = "logto", pass = "s3cr3t" }
    fromEmail = "Acme <no-reply@acme.example>"
    templates = [for use in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
      usageType   = use
      contentType = "text/plain"
      subject     = "Your code"
      content     = "Your code is {{code}}. It is good for 10 minutes."
    }]
  })
  config_wo_version = 1

  replace_existing = true
  lifecycle {
    create_before_destroy = true
  }
}
