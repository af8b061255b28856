resource "logto_organization_scope" "invite" {
  name = "invite:member"
}

resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders"
  scopes = {
    "read:orders" = { description = "See orders" }
  }
}

# The role's sets of scopes are left out, so that several modules can add to it.
resource "logto_organization_role" "admin" {
  name = "Administrator"
}

resource "logto_organization_role_scope" "invite" {
  role_id  = logto_organization_role.admin.id
  scope_id = logto_organization_scope.invite.id
}

resource "logto_organization_role_scope" "read_orders" {
  role_id  = logto_organization_role.admin.id
  scope_id = logto_api_resource.orders.scopes["read:orders"].id
  kind     = "resource"
}
