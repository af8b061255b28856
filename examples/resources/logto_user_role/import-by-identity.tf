import {
  to = logto_user_role.support
  identity = {
    user_id = "u1b2c3d4e5f6"
    role_id = "r1b2c3d4e5f6g7h8i9j0k"
  }
}
