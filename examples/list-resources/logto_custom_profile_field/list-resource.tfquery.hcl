# terraform query -generate-config-out=custom_profile_field.tf
list "logto_custom_profile_field" "all" {
  provider         = logto
  include_resource = true
}
