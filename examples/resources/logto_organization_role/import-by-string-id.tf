import {
  to = logto_organization_role.admin
  id = "r1b2c3d4e5f6g7h8i9j0k"
}
