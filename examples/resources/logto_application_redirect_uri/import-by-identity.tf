import {
  to = logto_application_redirect_uri.preview
  identity = {
    application_id = "a1b2c3d4e5f6g7h8i9j0k"
    kind           = "sign_in"
    uri            = "https://pr-42.preview.example.com/callback"
  }
}
