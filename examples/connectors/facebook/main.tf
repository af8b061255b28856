variable "facebook_app_secret" {
  description = "App secret of the app at Meta."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "facebook" {
  id           = "facebook" # the last part of the redirect URI
  connector_id = "facebook-universal"
  sync_profile = true

  config_wo = jsonencode({
    clientId     = "012345678901234"
    clientSecret = var.facebook_app_secret
    scope        = "email,public_profile"
  })
  config_wo_version = 1
}
