data "logto_sso_connectors" "saml" {
  provider_name = "SAML"
}

output "domains" {
  value = { for c in data.logto_sso_connectors.saml.sso_connectors : c.connector_name => c.domains }
}
