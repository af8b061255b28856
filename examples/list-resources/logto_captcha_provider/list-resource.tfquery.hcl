# terraform query -generate-config-out=captcha_provider.tf
list "logto_captcha_provider" "all" {
  provider         = logto
  include_resource = true
}
