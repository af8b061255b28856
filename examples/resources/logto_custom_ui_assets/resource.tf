locals {
  pages = "${path.module}/pages.zip"
}

resource "logto_custom_ui_assets" "pages" {
  source      = local.pages
  source_hash = filesha256(local.pages)
}

resource "logto_sign_in_experience" "main" {
  custom_ui_assets = {
    id         = logto_custom_ui_assets.pages.id
    created_at = logto_custom_ui_assets.pages.created_at
  }
}
