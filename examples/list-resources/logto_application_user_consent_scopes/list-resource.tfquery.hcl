# terraform query -generate-config-out=application_user_consent_scopes.tf
list "logto_application_user_consent_scopes" "all" {
  provider         = logto
  include_resource = true
}
