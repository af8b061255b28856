resource "logto_sso_connector" "globex" {
  provider_name  = "AzureAD"
  connector_name = "Globex"
}

data "logto_sso_connector_signing_keys" "globex" {
  connector_id = logto_sso_connector.globex.id
}
