resource "logto_connector" "sms" {
  connector_id = "http-sms"
  config       = jsonencode({ endpoint = "https://sms.acme.example/send" })
}

# terraform apply -invoke=action.logto_test_connector.sms
action "logto_test_connector" "sms" {
  config {
    connector_id = logto_connector.sms.id
    phone        = "447700900000"
    locale       = "en"
  }
}
