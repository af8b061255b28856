variable "microsoft_client_secret" {
  description = "Value, not the ID, of a client secret of the app registration at Microsoft Entra."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "logto_connector" "microsoft" {
  id           = "microsoft" # the last part of the redirect URI
  connector_id = "azuread-universal"
  sync_profile = true

  config_wo = jsonencode({
    cloudInstance = "https://login.microsoftonline.com"
    tenantId      = "common" # any account; a directory ID admits the users of one directory
    clientId      = "00000000-0000-4000-8000-000000000000"
    clientSecret  = var.microsoft_client_secret
    prompts       = ["select_account"]
  })
  config_wo_version = 1
}
