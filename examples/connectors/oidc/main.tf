variable "acme_client_secret" {
  description = "Client secret that the provider assigned to Logto."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "acme" {
  id           = "acme" # the last part of the redirect URI
  connector_id = "oidc"
  target       = "acme" # the name of the provider in Logto
  name         = { en = "Acme" }
  logo         = "https://www.acme.example/logo.svg"
  sync_profile = true

  config_wo = jsonencode({
    authorizationEndpoint   = "https://accounts.acme.example/authorize"
    tokenEndpoint           = "https://accounts.acme.example/token"
    tokenEndpointAuthMethod = "client_secret_basic"
    clientId                = "logto"
    clientSecret            = var.acme_client_secret
    scope                   = "openid profile email"
    idTokenVerificationConfig = {
      jwksUri = "https://accounts.acme.example/jwks"
      issuer  = "https://accounts.acme.example"
    }
  })
  config_wo_version = 1
}
