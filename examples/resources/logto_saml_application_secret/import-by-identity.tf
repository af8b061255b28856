import {
  to = logto_saml_application_secret.y2026
  identity = {
    application_id = "s1a2b3c4d5e6f7g8h9i0j"
    id             = "k1a2b3c4d5e6f7g8h9i0j"
  }
}
