data "logto_oidc_session_config" "this" {}
