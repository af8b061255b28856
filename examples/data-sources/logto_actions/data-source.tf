data "logto_actions" "all" {}
