import {
  to = logto_organization.acme
  identity = {
    id = "o1b2c3d4e5f6"
  }
}
