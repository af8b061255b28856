# terraform query -generate-config-out=application_sign_in_experience.tf
list "logto_application_sign_in_experience" "all" {
  provider         = logto
  include_resource = true
}
