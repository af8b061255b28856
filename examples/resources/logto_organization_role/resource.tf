resource "logto_organization_scope" "invite" {
  name        = "invite:member"
  description = "Invite members to the organization"
}

resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders"
  scopes = {
    "read:orders" = { description = "See orders" }
  }
}

# What an administrator can do in the organization, and with its orders.
resource "logto_organization_role" "admin" {
  name               = "Administrator"
  description        = "Runs the organization"
  scope_ids          = [logto_organization_scope.invite.id]
  resource_scope_ids = [logto_api_resource.orders.scopes["read:orders"].id]
}

# A role for machine-to-machine applications.
resource "logto_organization_role" "sync" {
  name = "Directory sync"
  type = "MachineToMachine"
}
