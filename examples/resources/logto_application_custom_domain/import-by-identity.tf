import {
  to = logto_application_custom_domain.intranet
  identity = {
    application_id = "a1a2b3c4d5e6f7g8h9i0j"
    domain         = "intranet.example.com"
  }
}
