resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

# Its value is in the state; the ephemeral resource of the same name reads a secret without that.
resource "logto_application_secret" "nightly" {
  application_id = logto_application.importer.id
  name           = "nightly"
}

# A secret that expires. Another date is another secret, and create_before_destroy creates it before this one is deleted.
resource "logto_application_secret" "partner" {
  application_id = logto_application.importer.id
  name           = "partner-2098"
  expires_at     = "2099-01-01T00:00:00Z"

  lifecycle {
    create_before_destroy = true
  }
}
