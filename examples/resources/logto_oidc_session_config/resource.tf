# Users sign in again after a day.
resource "logto_oidc_session_config" "this" {
  ttl = 86400
}
