import {
  to = logto_user.jane
  identity = {
    id = "u1b2c3d4e5f6"
  }
}
