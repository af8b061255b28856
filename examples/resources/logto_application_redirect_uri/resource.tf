# In the configuration of the application: other configurations can add URIs.
resource "logto_application" "shop" {
  name          = "Shop"
  type          = "SPA"
  redirect_uris = ["https://shop.example.com/callback"]

  lifecycle {
    ignore_changes = [redirect_uris, post_logout_redirect_uris]
  }
}

# In the configuration of a preview environment: its own URIs, which go with it.
variable "pull_request" {
  type    = number
  default = 42
}

locals {
  preview = "https://pr-${var.pull_request}.preview.example.com"
}

resource "logto_application_redirect_uri" "preview" {
  application_id = logto_application.shop.id
  kind           = "sign_in"
  uri            = "${local.preview}/callback"
}

resource "logto_application_redirect_uri" "preview_sign_out" {
  application_id = logto_application.shop.id
  kind           = "sign_out"
  uri            = local.preview
}
