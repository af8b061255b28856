import {
  to = logto_sso_connector.acme
  identity = {
    id = "e1b2c3d4e5f6"
  }
}
