resource "logto_role" "importer" {
  name        = "importer"
  description = "Can import orders"
  type        = "MachineToMachine"
}

data "logto_role_applications" "importer" {
  role_id = logto_role.importer.id
}

output "importers" {
  value = data.logto_role_applications.importer.role_applications[*].name
}
