data "logto_connector_factory" "smtp" {
  id = "simple-mail-transfer-protocol"
}

output "type" {
  value = data.logto_connector_factory.smtp.type # Email
}
