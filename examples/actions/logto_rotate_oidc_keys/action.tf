# terraform apply -invoke=action.logto_rotate_oidc_keys.signing
action "logto_rotate_oidc_keys" "signing" {
  config {
    key_type     = "private-keys"
    algorithm    = "EC"
    grace_period = 3600
  }
}
