# terraform query -generate-config-out=custom_phrase.tf
list "logto_custom_phrase" "all" {
  provider         = logto
  include_resource = true
}
