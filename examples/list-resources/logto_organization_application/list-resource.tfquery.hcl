variable "organization_id" {
  type = string
}

# terraform query -var organization_id=… -generate-config-out=organization_application.tf
list "logto_organization_application" "all" {
  provider         = logto
  include_resource = true

  config {
    organization_id = var.organization_id
  }
}
