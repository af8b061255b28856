import {
  to = logto_saml_application.wiki
  id = "s1a2b3c4d5e6f7g8h9i0j"
}
