resource "logto_api_resource" "shared" {
  name      = "Shared"
  indicator = "https://api.example.com/shared"
}

# One scope, beside those that others add to the same API resource.
resource "logto_api_resource_scope" "refund" {
  resource_id = logto_api_resource.shared.id
  name        = "refund:payments"
  description = "Refund orders"
}
