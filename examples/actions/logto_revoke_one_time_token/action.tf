# terraform apply -invoke=action.logto_revoke_one_time_token.link
action "logto_revoke_one_time_token" "link" {
  config {
    token_id = "t1a2b3c4d5e6f7g8h9i0j"
  }
}
