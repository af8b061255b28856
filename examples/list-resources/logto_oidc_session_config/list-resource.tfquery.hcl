# terraform query -generate-config-out=found.tf
list "logto_oidc_session_config" "all" {
  provider         = logto
  include_resource = true
}
