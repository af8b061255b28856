# terraform query -generate-config-out=hook.tf
list "logto_hook" "all" {
  provider         = logto
  include_resource = true
}
