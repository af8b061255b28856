# terraform apply -invoke=action.logto_delete_legacy_application_secret.importer
action "logto_delete_legacy_application_secret" "importer" {
  config {
    application_id = "a1b2c3d4e5f6g7h8i9j0k"
  }
}
