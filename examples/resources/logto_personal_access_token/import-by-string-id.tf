import {
  to = logto_personal_access_token.release
  id = "u1b2c3d4e5f6/release"
}
