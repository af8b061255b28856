resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

# The secret that Logto creates with the application. Its value lands in the state: see the ephemeral resource of this name.
data "logto_application_secret" "default" {
  application_id = logto_application.importer.id
  name           = "Default secret"
}
