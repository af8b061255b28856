resource "logto_organization" "acme" {
  name = "ACME"
}

resource "logto_organization_role" "sync" {
  name = "Directory sync"
  type = "MachineToMachine"
}

resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

resource "logto_organization_application" "importer" {
  organization_id = logto_organization.acme.id
  application_id  = logto_application.importer.id
  role_ids        = [logto_organization_role.sync.id]
}
