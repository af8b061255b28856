# Clients of the Model Context Protocol sign users in, and can ask for the name and the orders.
resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://orders.example.com"
  scopes = {
    "read:orders" = { description = "Read orders" }
  }
}

resource "logto_dynamic_app" "this" {
  enabled            = true
  user_scopes        = ["profile"]
  resource_scope_ids = [logto_api_resource.orders.scopes["read:orders"].id]
}
