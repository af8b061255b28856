# terraform apply -invoke=action.logto_delete_vault_secret.google
action "logto_delete_vault_secret" "google" {
  config {
    secret_id = "v1b2c3d4e5f6g7h8i9j0k"
  }
}
