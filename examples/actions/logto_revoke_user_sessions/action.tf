# terraform apply -invoke=action.logto_revoke_user_sessions.jane
action "logto_revoke_user_sessions" "jane" {
  config {
    user_id              = "u1a2b3c4d5e6"
    revoke_grants_target = "all"
  }
}
