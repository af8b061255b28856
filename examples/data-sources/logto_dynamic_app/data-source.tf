data "logto_dynamic_app" "this" {}
