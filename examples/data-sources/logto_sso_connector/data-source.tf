resource "logto_sso_connector" "acme" {
  provider_name  = "SAML"
  connector_name = "Acme"
}

data "logto_sso_connector" "acme" {
  connector_name = "Acme"
  depends_on     = [logto_sso_connector.acme]
}

output "acs_url" {
  value = data.logto_sso_connector.acme.acs_url
}
