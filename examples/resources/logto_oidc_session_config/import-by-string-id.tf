import {
  to = logto_oidc_session_config.this
  id = "default"
}
