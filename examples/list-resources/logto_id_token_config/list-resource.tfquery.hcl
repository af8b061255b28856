# terraform query -generate-config-out=found.tf
list "logto_id_token_config" "all" {
  provider         = logto
  include_resource = true
}
