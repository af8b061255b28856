data "logto_sso_connector_providers" "all" {}

output "protocols" {
  value = { for p in data.logto_sso_connector_providers.all.sso_connector_providers : p.provider_name => p.provider_type }
}
