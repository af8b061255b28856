# terraform apply -invoke=action.logto_test_action.deny
action "logto_test_action" "deny" {
  config {
    action_type = "action.postSignIn"
    script      = "const runAction = async ({ event }) => ({ seen: event.user.id });"
    event       = jsonencode({ user = { id = "u1a2b3c4d5e6" } })
  }
}
