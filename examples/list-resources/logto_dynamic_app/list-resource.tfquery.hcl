# terraform query -generate-config-out=found.tf
list "logto_dynamic_app" "all" {
  provider         = logto
  include_resource = true
}
