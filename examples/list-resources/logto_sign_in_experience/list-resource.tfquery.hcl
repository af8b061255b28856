# terraform query -generate-config-out=sign_in_experience.tf
list "logto_sign_in_experience" "all" {
  provider         = logto
  include_resource = true
}
