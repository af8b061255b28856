import {
  to = logto_sso_connector_config.globex
  id = "e1b2c3d4e5f6"
}
