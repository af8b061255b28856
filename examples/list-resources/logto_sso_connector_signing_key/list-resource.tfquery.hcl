variable "connector_id" {
  type = string
}

# terraform query -var connector_id=… -generate-config-out=keys.tf
list "logto_sso_connector_signing_key" "all" {
  provider         = logto
  include_resource = true

  config {
    connector_id = var.connector_id
  }
}
