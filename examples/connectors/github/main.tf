variable "github_client_secret" {
  description = "Client secret of the OAuth app at GitHub."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "github" {
  id           = "github" # the last part of the redirect URI
  connector_id = "github-universal"
  sync_profile = true

  config_wo = jsonencode({
    clientId     = "Ov23li0123456789abcd"
    clientSecret = var.github_client_secret
    scope        = "read:user user:email"
  })
  config_wo_version = 1
}
