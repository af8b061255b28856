resource "logto_sso_connector" "globex" {
  provider_name  = "AzureAD"
  connector_name = "Globex"
}

resource "logto_sso_connector_signing_key" "y2026" {
  connector_id = logto_sso_connector.globex.id
  active       = true

  lifecycle {
    create_before_destroy = true
  }
}

# Register it at the identity provider, which verifies the requests with it.
output "globex_signing_certificate" {
  value = logto_sso_connector_signing_key.y2026.certificate
}
