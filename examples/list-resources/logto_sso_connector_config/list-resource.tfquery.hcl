# terraform query -generate-config-out=found.tf
list "logto_sso_connector_config" "all" {
  provider         = logto
  include_resource = true
}
