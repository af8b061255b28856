import {
  to = logto_sso_connector_signing_key.y2026
  identity = {
    connector_id = "e1b2c3d4e5f6"
    id           = "k1a2b3c4d5e6"
  }
}
