variable "user_id" {
  type = string
}

# terraform query -var user_id=… -generate-config-out=tokens.tf
list "logto_personal_access_token" "all" {
  provider         = logto
  include_resource = true

  config {
    user_id = var.user_id
  }
}
