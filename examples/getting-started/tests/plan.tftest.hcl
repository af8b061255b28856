# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = length(logto_role.clerk.scope_ids) == 2 && !contains(logto_role.clerk.scope_ids, logto_api_resource.orders.scopes["delete:orders"].id)
    error_message = "Clerks must not delete orders."
  }

  assert {
    condition     = logto_application.importer.role_ids == toset([logto_role.importer.id])
    error_message = "The import must have its role, and no other."
  }
}
