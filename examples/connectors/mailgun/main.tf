variable "mailgun_api_key" {
  description = "Sending key of the domain at Mailgun."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "email" {
  connector_id = "mailgun-email"

  config_wo = jsonencode({
    endpoint = "https://api.eu.mailgun.net" # leave it out for the US region
    domain   = "mg.example.com"
    apiKey   = var.mailgun_api_key
    from     = "Example <no-reply@mg.example.com>"
    deliveries = {
      # Logto uses Generic for a usage that has no entry.
      Generic = {
        subject = "Your verification code"
        html    = "<p>Your verification code is <strong>{{code}}</strong>. It is valid for 10 minutes.</p>"
        text    = "Your verification code is {{code}}. It is valid for 10 minutes."
      }
      # A template that is stored at Mailgun gets the values as variables.
      OrganizationInvitation = {
        subject   = "You are invited"
        template  = "invitation"
        variables = { product = "Example" }
      }
    }
  })
  config_wo_version = 1
}
