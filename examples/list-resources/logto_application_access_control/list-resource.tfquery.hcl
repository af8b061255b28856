# terraform query -generate-config-out=application_access_control.tf
list "logto_application_access_control" "all" {
  provider         = logto
  include_resource = true
}
