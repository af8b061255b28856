import {
  to = logto_organization_member.jane
  id = "o1b2c3d4e5f6/u1b2c3d4e5f6"
}
