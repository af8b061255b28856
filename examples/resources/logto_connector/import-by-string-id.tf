import {
  to = logto_connector.github
  id = "c1b2c3d4e5f6"
}
