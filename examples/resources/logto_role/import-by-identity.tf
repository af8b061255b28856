import {
  to = logto_role.clerk
  identity = {
    id = "r1b2c3d4e5f6g7h8i9j0k"
  }
}
