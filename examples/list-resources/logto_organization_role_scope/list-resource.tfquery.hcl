variable "role_id" {
  type = string
}

# terraform query -var role_id=… -generate-config-out=organization_role_scope.tf
list "logto_organization_role_scope" "all" {
  provider         = logto
  include_resource = true

  config {
    role_id = var.role_id
  }
}
