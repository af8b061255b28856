import {
  to = logto_application_role.importer
  identity = {
    application_id = "a1b2c3d4e5f6g7h8i9j0k"
    role_id        = "r1b2c3d4e5f6g7h8i9j0k"
  }
}
