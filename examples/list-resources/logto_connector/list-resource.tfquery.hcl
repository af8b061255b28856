# terraform query -generate-config-out=connector.tf
list "logto_connector" "all" {
  provider         = logto
  include_resource = true
}
