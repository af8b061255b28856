variable "application_id" {
  type = string
}

# terraform query -var application_id=… -generate-config-out=application_role.tf
list "logto_application_role" "all" {
  provider         = logto
  include_resource = true

  config {
    application_id = var.application_id
  }
}
