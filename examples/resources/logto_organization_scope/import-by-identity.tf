import {
  to = logto_organization_scope.invite
  identity = {
    id = "s1b2c3d4e5f6g7h8i9j0k"
  }
}
