# terraform query -generate-config-out=organization_scope.tf
list "logto_organization_scope" "all" {
  provider         = logto
  include_resource = true
}
