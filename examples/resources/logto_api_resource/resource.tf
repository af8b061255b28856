# One configuration owns the API resource and all its scopes.
resource "logto_api_resource" "orders" {
  name             = "Orders"
  indicator        = "https://api.example.com/orders"
  access_token_ttl = 900 # seconds

  scopes = {
    "read:orders"   = { description = "See orders" }
    "write:orders"  = { description = "Place and change orders" }
    "delete:orders" = {}
  }
}

# The ID of a scope, for a role.
output "read_orders" {
  value = logto_api_resource.orders.scopes["read:orders"].id
}

# Without scopes: others add theirs, with logto_api_resource_scope.
resource "logto_api_resource" "shared" {
  name      = "Shared"
  indicator = "https://api.example.com/shared"
}
