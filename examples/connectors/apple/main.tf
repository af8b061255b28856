resource "logto_connector" "apple" {
  id           = "apple" # the last part of the redirect URI
  connector_id = "apple-universal"

  config_wo = jsonencode({
    clientId = "com.example.signin" # identifier of the Services ID
    scope    = "name email"
  })
  config_wo_version = 1
}
