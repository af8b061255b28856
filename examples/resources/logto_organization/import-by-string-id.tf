import {
  to = logto_organization.acme
  id = "o1b2c3d4e5f6"
}
