# terraform query -generate-config-out=application_custom_domain.tf
list "logto_application_custom_domain" "all" {
  provider         = logto
  include_resource = true
}
