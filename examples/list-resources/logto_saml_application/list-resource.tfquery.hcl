# terraform query -generate-config-out=saml_application.tf
list "logto_saml_application" "all" {
  provider         = logto
  include_resource = true
}
