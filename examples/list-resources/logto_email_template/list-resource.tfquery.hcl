# terraform query -generate-config-out=email_template.tf
list "logto_email_template" "all" {
  provider         = logto
  include_resource = true
}
