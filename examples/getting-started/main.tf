terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

# Reads LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET.
provider "logto" {}

# The API that tokens are for, and everything that a token can allow there.
resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders"
  scopes = {
    "read:orders"   = { description = "See orders" }
    "write:orders"  = { description = "Place and change orders" }
    "delete:orders" = {}
  }
}

# What users can do.
resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees and places orders"
  scope_ids = [
    logto_api_resource.orders.scopes["read:orders"].id,
    logto_api_resource.orders.scopes["write:orders"].id,
  ]
}

# What the nightly import can do.
resource "logto_role" "importer" {
  name        = "Order importer"
  description = "Reads and writes every order"
  type        = "MachineToMachine"
  scope_ids   = [for scope in logto_api_resource.orders.scopes : scope.id]
}

# Where users sign in.
resource "logto_application" "shop" {
  name                      = "Shop"
  type                      = "SPA"
  redirect_uris             = ["https://shop.example.com/callback"]
  post_logout_redirect_uris = ["https://shop.example.com"]
  cors_allowed_origins      = ["https://shop.example.com"]
}

# The import itself, with its own secret.
resource "logto_application" "importer" {
  name     = "Order import"
  type     = "MachineToMachine"
  role_ids = [logto_role.importer.id]
}

resource "logto_application_secret" "importer" {
  application_id = logto_application.importer.id
  name           = "nightly"
}

output "shop_app_id" {
  value = logto_application.shop.id
}

output "importer_app_id" {
  value = logto_application.importer.id
}

output "importer_app_secret" {
  value     = logto_application_secret.importer.value
  sensitive = true
}
