resource "logto_application" "partner" {
  name           = "Partner"
  type           = "Traditional"
  is_third_party = true
}

resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://orders.example.com"
  scopes = {
    "read:orders" = { description = "Read orders" }
  }
}

resource "logto_application_user_consent_scopes" "partner" {
  application_id     = logto_application.partner.id
  user_scopes        = ["profile", "email"]
  resource_scope_ids = [logto_api_resource.orders.scopes["read:orders"].id]
}
