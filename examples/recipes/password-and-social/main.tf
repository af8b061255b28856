variable "smtp_password" {
  description = "Password of the account at the mail server."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "google_client_secret" {
  description = "Client secret of the OAuth client at Google."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "github_client_secret" {
  description = "Client secret of the OAuth app at GitHub."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "email" {
  connector_id = "simple-mail-transfer-protocol"

  config_wo = jsonencode({
    host      = "smtp.example.com"
    port      = 465
    secure    = true
    auth      = { type = "login", user = "logto", pass = var.smtp_password }
    fromEmail = "Example <no-reply@example.com>"
    templates = concat(
      [for usage in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
        usageType   = usage
        contentType = "text/plain"
        subject     = "Your verification code"
        content     = "Your verification code is {{code}}. It is valid for 10 minutes."
      }],
      [{
        usageType   = "OrganizationInvitation"
        contentType = "text/plain"
        subject     = "You are invited"
        content     = "Accept the invitation: {{link}}"
      }],
    )
  })
  config_wo_version = 1
}

resource "logto_connector" "google" {
  id           = "google"
  connector_id = "google-universal"
  sync_profile = true

  config_wo = jsonencode({
    clientId     = "0123456789-abcdef.apps.googleusercontent.com"
    clientSecret = var.google_client_secret
    scope        = "openid profile email"
    prompts      = ["select_account"]
  })
  config_wo_version = 1
}

resource "logto_connector" "github" {
  id           = "github"
  connector_id = "github-universal"
  sync_profile = true

  config_wo = jsonencode({
    clientId     = "Ov23li0123456789abcd"
    clientSecret = var.github_client_secret
    scope        = "read:user user:email"
  })
  config_wo_version = 1
}

resource "logto_sign_in_experience" "this" {
  sign_up = {
    identifiers = ["email"]
    password    = true
    verify      = true
  }
  sign_in = {
    methods = [{
      identifier          = "email"
      password            = true
      verification_code   = true # users can switch to a code
      is_password_primary = true
    }]
  }
  forgot_password_methods = ["EmailVerificationCode"]

  # The buttons, in this order.
  social_sign_in_connector_targets = [logto_connector.google.target, logto_connector.github.target]
  social_sign_in = {
    automatic_account_linking = true # if a user has the verified email address of the social account
  }

  depends_on = [logto_connector.email]
}
