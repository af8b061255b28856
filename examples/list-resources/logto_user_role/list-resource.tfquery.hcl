variable "user_id" {
  type = string
}

# terraform query -var user_id=… -generate-config-out=roles.tf
list "logto_user_role" "all" {
  provider         = logto
  include_resource = true

  config {
    user_id = var.user_id
  }
}
