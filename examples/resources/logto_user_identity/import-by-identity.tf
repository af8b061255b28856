import {
  to = logto_user_identity.github
  identity = {
    user_id = "u1b2c3d4e5f6"
    target  = "github"
  }
}
