# terraform query -generate-config-out=organization_role.tf
list "logto_organization_role" "all" {
  provider         = logto
  include_resource = true
}
