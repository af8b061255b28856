# terraform apply -invoke=action.logto_reset_user_mfa.jane
action "logto_reset_user_mfa" "jane" {
  config {
    user_id = "u1a2b3c4d5e6"
  }
}
