variable "smtp_password" {
  description = "Password of the account at the mail server."
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

resource "logto_sign_in_experience" "this" {
  sign_up = {
    identifiers = ["email"]
    password    = false
    verify      = true
  }
  sign_in = {
    methods = [{
      identifier          = "email"
      password            = false
      verification_code   = true
      is_password_primary = false
    }]
  }
  forgot_password_methods = [] # there is no password

  depends_on = [logto_connector.email]
}
