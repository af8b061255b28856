variable "twilio_auth_token" {
  description = "Auth token of the account at Twilio."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "sms" {
  connector_id = "twilio-short-message-service"

  config_wo = jsonencode({
    accountSID              = "AC0123456789abcdef0123456789abcdef"
    authToken               = var.twilio_auth_token
    fromMessagingServiceSID = "MG0123456789abcdef0123456789abcdef"
    templates = [for usage in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
      usageType = usage
      content   = "Your verification code is {{code}}. It is valid for 10 minutes."
    }]
  })
  config_wo_version = 1
}
