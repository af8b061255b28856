resource "logto_action" "post_sign_in" {
  action_type        = "action.postSignIn"
  script             = "const runAction = async () => undefined;"
  enabled            = true
  on_execution_error = "allow"
}
