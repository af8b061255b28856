variable "application_id" {
  type = string
}

# terraform query -var application_id=… -generate-config-out=saml_application_secret.tf
list "logto_saml_application_secret" "all" {
  provider         = logto
  include_resource = true

  config {
    application_id = var.application_id
  }
}
