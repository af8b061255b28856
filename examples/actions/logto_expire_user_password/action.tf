# terraform apply -invoke=action.logto_expire_user_password.jane
action "logto_expire_user_password" "jane" {
  config {
    user_id = "u1a2b3c4d5e6"
  }
}
