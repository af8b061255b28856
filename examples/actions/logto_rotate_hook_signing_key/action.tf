# terraform apply -invoke=action.logto_rotate_hook_signing_key.users
action "logto_rotate_hook_signing_key" "users" {
  config {
    hook_id = "h1a2b3c4d5e6f7g8h9i0j"
  }
}
