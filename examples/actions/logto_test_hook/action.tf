# terraform apply -invoke=action.logto_test_hook.users
action "logto_test_hook" "users" {
  config {
    hook_id = "h1a2b3c4d5e6f7g8h9i0j"
    events  = ["User.Created"]
  }
}
