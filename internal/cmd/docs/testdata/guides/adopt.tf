resource "logto_connector" "email" {
  connector_id      = "http-email"
  config_wo         = jsonencode({ endpoint = "https://mail.example.com" })
  config_wo_version = 1
}
