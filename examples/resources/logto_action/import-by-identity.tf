import {
  to = logto_action.post_sign_in
  identity = {
    action_type = "action.postSignIn"
  }
}
