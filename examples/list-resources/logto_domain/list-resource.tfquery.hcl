# terraform query -generate-config-out=domain.tf
list "logto_domain" "all" {
  provider         = logto
  include_resource = true
}
