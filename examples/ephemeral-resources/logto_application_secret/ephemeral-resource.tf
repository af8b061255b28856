resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

# The secret that Logto creates with the application, in no state.
ephemeral "logto_application_secret" "importer" {
  application_id = logto_application.importer.id
  name           = "Default secret"
}
