# terraform query -generate-config-out=found.tf
list "logto_action" "all" {
  provider         = logto
  include_resource = true
}
