import {
  to = logto_custom_ui_assets.pages
  identity = {
    id = "a1b2c3d4"
  }
}
