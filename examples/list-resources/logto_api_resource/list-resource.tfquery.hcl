# terraform query -generate-config-out=api_resource.tf
list "logto_api_resource" "all" {
  provider         = logto
  include_resource = true
}
