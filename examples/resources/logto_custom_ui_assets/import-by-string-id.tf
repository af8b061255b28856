import {
  to = logto_custom_ui_assets.pages
  id = "a1b2c3d4"
}
