variable "resource_id" {
  type = string
}

# terraform query -var resource_id=… -generate-config-out=api_resource_scope.tf
list "logto_api_resource_scope" "all" {
  provider         = logto
  include_resource = true

  config {
    resource_id = var.resource_id
  }
}
