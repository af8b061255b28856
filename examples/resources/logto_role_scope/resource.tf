resource "logto_api_resource" "payments" {
  name      = "Payments"
  indicator = "https://api.example.com/payments"
  scopes = {
    "refund:payments" = { description = "Give money back" }
  }
}

# The role's scope_ids are left out, so that several modules can add to it.
resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees and places orders"
}

resource "logto_role_scope" "refund" {
  role_id  = logto_role.clerk.id
  scope_id = logto_api_resource.payments.scopes["refund:payments"].id
}
