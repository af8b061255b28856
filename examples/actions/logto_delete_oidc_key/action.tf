# terraform apply -invoke=action.logto_delete_oidc_key.previous
action "logto_delete_oidc_key" "previous" {
  config {
    key_type = "private-keys"
    key_id   = "k1a2b3c4d5e6f7g8h9i0j"
  }
}
