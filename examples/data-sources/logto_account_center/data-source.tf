data "logto_account_center" "main" {}
