import {
  to = logto_role_scope.refund
  identity = {
    role_id  = "r1b2c3d4e5f6g7h8i9j0k"
    scope_id = "s1b2c3d4e5f6g7h8i9j0k"
  }
}
