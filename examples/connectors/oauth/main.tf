variable "acme_client_secret" {
  description = "Client secret that the provider assigned to Logto."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "acme" {
  id           = "acme" # the last part of the redirect URI
  connector_id = "oauth2"
  target       = "acme" # the name of the provider in Logto
  name         = { en = "Acme" }
  logo         = "https://www.acme.example/logo.svg"
  sync_profile = true

  config_wo = jsonencode({
    authorizationEndpoint     = "https://accounts.acme.example/authorize"
    tokenEndpoint             = "https://accounts.acme.example/token"
    tokenEndpointResponseType = "json"
    userInfoEndpoint          = "https://accounts.acme.example/userinfo"
    clientId                  = "logto"
    clientSecret              = var.acme_client_secret
    scope                     = "profile email"

    # The keys of the answer of userInfoEndpoint that hold the profile; a dot leads into an object.
    profileMap = {
      id     = "user_id"
      email  = "contact.email"
      name   = "display_name"
      avatar = "picture_url"
    }
  })
  config_wo_version = 1
}
