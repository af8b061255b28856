variable "google_client_secret" {
  description = "Client secret of the OAuth client at Google."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "google" {
  id           = "google" # the last part of the redirect URI
  connector_id = "google-universal"
  sync_profile = true

  config_wo = jsonencode({
    clientId     = "0123456789-abcdef.apps.googleusercontent.com"
    clientSecret = var.google_client_secret
    scope        = "openid profile email"
    prompts      = ["select_account"]
  })
  config_wo_version = 1
}
