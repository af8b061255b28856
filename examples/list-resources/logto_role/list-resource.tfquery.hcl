# terraform query -generate-config-out=role.tf
list "logto_role" "all" {
  provider         = logto
  include_resource = true
}
