# terraform query -generate-config-out=application.tf
list "logto_application" "all" {
  provider         = logto
  include_resource = true
}
