import {
  to = logto_sso_connector_config.globex
  identity = {
    connector_id = "e1b2c3d4e5f6"
  }
}
