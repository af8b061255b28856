resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

# Its value is in the state; the ephemeral resource of the same name reads a secret without that.
resource "logto_application_secret" "nightly" {
  application_id = logto_application.importer.id
  name           = "nightly"
}

# A secret that ends. A new date makes a new secret, so the next one is made before this one goes.
resource "logto_application_secret" "partner" {
  application_id = logto_application.importer.id
  name           = "partner-2098"
  expires_at     = "2099-01-01T00:00:00Z"

  lifecycle {
    create_before_destroy = true
  }
}
