resource "logto_account_center" "main" {
  enabled = true
  fields = {
    name     = "Edit"
    avatar   = "Edit"
    email    = "ReadOnly"
    password = "Edit"
    mfa      = "Edit"
  }
  webauthn_related_origins = ["https://app.example.com"]
}
