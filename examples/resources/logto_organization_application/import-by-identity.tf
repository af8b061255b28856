import {
  to = logto_organization_application.importer
  identity = {
    organization_id = "o1b2c3d4e5f6"
    application_id  = "a1b2c3d4e5f6g7h8i9j0k"
  }
}
