variable "logto_endpoint" {
  description = "URL of the tenant, as users see it."
  type        = string
  default     = "https://my-tenant.logto.app"
}

resource "logto_connector" "acme" {
  id           = "acme" # the last part of the assertion consumer service URL
  connector_id = "saml"
  target       = "acme" # the name of the provider in Logto
  name         = { en = "Acme" }
  logo         = "https://www.acme.example/logo.svg"

  config = jsonencode({ # it holds no secret
    entityID                    = "https://my-tenant.logto.app/acme"
    assertionConsumerServiceUrl = "${var.logto_endpoint}/api/authn/saml/acme"
    signInEndpoint              = "https://idp.acme.example/saml/sso"
    x509Certificate             = file("${path.module}/acme-certificate.pem")
    idpMetadataXml              = file("${path.module}/acme-metadata.xml")

    # The attributes of the assertion that hold the profile. The ID is the name ID.
    profileMap = {
      email = "mail"
      name  = "displayName"
    }
  })
}
