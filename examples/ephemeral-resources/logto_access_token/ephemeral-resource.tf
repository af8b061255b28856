# A token for the Management API, of the application that Terraform signs in as.
ephemeral "logto_access_token" "management" {
  scopes = ["all"]
}

# A token for your API, of the application that calls it.
resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders"
  scopes = {
    "read:orders" = { description = "See orders" }
  }
}

resource "logto_role" "importer" {
  name        = "Order importer"
  description = "Reads every order"
  type        = "MachineToMachine"
  scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]
}

resource "logto_application" "importer" {
  name     = "Order import"
  type     = "MachineToMachine"
  role_ids = [logto_role.importer.id]
}

ephemeral "logto_application_secret" "importer" {
  application_id = logto_application.importer.id
  name           = "Default secret"
}

ephemeral "logto_access_token" "importer" {
  app_id     = logto_application.importer.id
  app_secret = ephemeral.logto_application_secret.importer.value
  resource   = logto_api_resource.orders.indicator
  scopes     = ["read:orders"]
}
