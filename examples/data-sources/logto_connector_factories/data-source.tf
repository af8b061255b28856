data "logto_connector_factories" "sms" {
  type = "Sms"
}

output "sms_factories" {
  value = { for f in data.logto_connector_factories.sms.connector_factories : f.id => f.name.en }
}
