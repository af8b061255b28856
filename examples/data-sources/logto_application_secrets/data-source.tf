resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

data "logto_application_secrets" "importer" {
  application_id = logto_application.importer.id
}
