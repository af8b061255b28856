variable "ses_secret_access_key" {
  description = "Secret access key of the IAM user that sends the messages."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "email" {
  connector_id = "aws-ses-mail"

  config_wo = jsonencode({
    region          = "eu-central-1"
    accessKeyId     = "AKIAIOSFODNN7EXAMPLE"
    accessKeySecret = var.ses_secret_access_key
    emailAddress    = "no-reply@example.com"
    templates = concat(
      [for usage in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
        usageType = usage
        subject   = "Your verification code"
        content   = "<p>Your verification code is <strong>{{code}}</strong>. It is valid for 10 minutes.</p>"
      }],
      [{
        usageType = "OrganizationInvitation"
        subject   = "You are invited"
        content   = "<p><a href=\"{{link}}\">Accept the invitation</a></p>"
      }],
    )
  })
  config_wo_version = 1
}
