import {
  to = logto_organization_application.importer
  id = "o1b2c3d4e5f6/a1b2c3d4e5f6g7h8i9j0k"
}
