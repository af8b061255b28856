import {
  to = logto_user_identity.github
  id = "u1b2c3d4e5f6/github"
}
