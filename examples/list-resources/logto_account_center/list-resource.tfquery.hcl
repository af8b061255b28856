# terraform query -generate-config-out=account_center.tf
list "logto_account_center" "all" {
  provider         = logto
  include_resource = true
}
