import {
  to = logto_organization_member.jane
  identity = {
    organization_id = "o1b2c3d4e5f6"
    user_id         = "u1b2c3d4e5f6"
  }
}
