import {
  to = logto_sso_connector.acme
  id = "e1b2c3d4e5f6"
}
