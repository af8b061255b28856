import {
  to = logto_connector.github
  identity = {
    id = "c1b2c3d4e5f6"
  }
}
