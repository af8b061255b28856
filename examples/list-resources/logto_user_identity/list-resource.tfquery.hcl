variable "user_id" {
  type = string
}

# terraform query -var user_id=… -generate-config-out=identities.tf
list "logto_user_identity" "all" {
  provider         = logto
  include_resource = true

  config {
    user_id = var.user_id
  }
}
