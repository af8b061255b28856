import {
  to = logto_id_token_config.this
  identity = {
    id = "default"
  }
}
