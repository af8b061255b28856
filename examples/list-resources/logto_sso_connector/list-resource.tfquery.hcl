# terraform query -generate-config-out=sso_connector.tf
list "logto_sso_connector" "all" {
  provider         = logto
  include_resource = true
}
