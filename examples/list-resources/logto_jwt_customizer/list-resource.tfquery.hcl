# terraform query -generate-config-out=found.tf
list "logto_jwt_customizer" "all" {
  provider         = logto
  include_resource = true
}
