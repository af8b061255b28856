resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders"
  scopes = {
    "read:orders"  = { description = "See orders" }
    "write:orders" = { description = "Place and change orders" }
  }
}

# A role for users, with exactly these scopes.
resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees and places orders"
  scope_ids = [
    logto_api_resource.orders.scopes["read:orders"].id,
    logto_api_resource.orders.scopes["write:orders"].id,
  ]
}

# A role for machines, with every scope of the API resource.
resource "logto_role" "importer" {
  name        = "Order importer"
  description = "Reads and writes every order"
  type        = "MachineToMachine"
  scope_ids   = [for scope in logto_api_resource.orders.scopes : scope.id]
}

# A role that each new user gets. Its scopes are managed elsewhere, with logto_role_scope.
resource "logto_role" "customer" {
  name        = "Customer"
  description = "Every user who signs up"
  is_default  = true
}
