import {
  to = logto_action.post_sign_in
  id = "action.postSignIn"
}
