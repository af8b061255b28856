data "logto_id_token_config" "this" {}
