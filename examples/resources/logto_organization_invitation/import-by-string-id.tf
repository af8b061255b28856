import {
  to = logto_organization_invitation.joe
  id = "i1b2c3d4e5f6g7h8i9j0k"
}
