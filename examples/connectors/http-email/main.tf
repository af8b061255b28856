variable "mail_service_token" {
  description = "Token by which the mail service recognizes Logto."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "email" {
  connector_id = "http-email"

  config_wo = jsonencode({
    endpoint      = "https://mail.example.com/logto"
    authorization = "Bearer ${var.mail_service_token}"
  })
  config_wo_version = 1
}
