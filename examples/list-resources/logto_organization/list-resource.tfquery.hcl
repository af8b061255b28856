# terraform query -generate-config-out=organization.tf
list "logto_organization" "all" {
  provider         = logto
  include_resource = true
}
