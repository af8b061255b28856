# terraform query -generate-config-out=users.tf
list "logto_user" "all" {
  provider         = logto
  include_resource = true
}
