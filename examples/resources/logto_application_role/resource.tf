resource "logto_role" "importer" {
  name        = "Order importer"
  description = "Reads and writes every order"
  type        = "MachineToMachine"
}

# The application's role_ids are left out, so that several modules can assign roles to it.
resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

resource "logto_application_role" "importer" {
  application_id = logto_application.importer.id
  role_id        = logto_role.importer.id
}
