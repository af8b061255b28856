# A single-page app.
resource "logto_application" "shop" {
  name        = "Shop"
  type        = "SPA"
  description = "Where customers buy"

  redirect_uris             = ["https://shop.example.com/callback"]
  post_logout_redirect_uris = ["https://shop.example.com"]
  cors_allowed_origins      = ["https://shop.example.com"]

  id_token_ttl              = 1800 # seconds
  refresh_token_ttl_in_days = 7
  rotate_refresh_token      = true

  custom_data = jsonencode({
    team = "storefront"
  })
}

# A web application with a server. Logto creates its first secret.
resource "logto_application" "backoffice" {
  name          = "Back office"
  type          = "Traditional"
  redirect_uris = ["https://office.example.com/oidc/callback"]
}

# An application on a device, with a custom scheme.
resource "logto_application" "mobile" {
  name          = "Shop for phones"
  type          = "Native"
  redirect_uris = ["com.example.shop://callback"]
}

# A service, with exactly these roles.
resource "logto_role" "importer" {
  name        = "Order importer"
  description = "Reads and writes every order"
  type        = "MachineToMachine"
}

resource "logto_application" "importer" {
  name     = "Order import"
  type     = "MachineToMachine"
  role_ids = [logto_role.importer.id]
}
