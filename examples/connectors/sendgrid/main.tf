variable "sendgrid_api_key" {
  description = "API key of SendGrid with the permission to send mail."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "email" {
  connector_id = "sendgrid-email-service"

  config_wo = jsonencode({
    apiKey    = var.sendgrid_api_key
    fromEmail = "no-reply@example.com"
    fromName  = "Example"
    templates = concat(
      [for usage in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
        usageType = usage
        type      = "text/plain"
        subject   = "Your verification code"
        content   = "Your verification code is {{code}}. It is valid for 10 minutes."
      }],
      [{
        usageType = "OrganizationInvitation"
        type      = "text/plain"
        subject   = "You are invited"
        content   = "Accept the invitation: {{link}}"
      }],
    )
  })
  config_wo_version = 1
}
