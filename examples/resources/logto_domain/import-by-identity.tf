import {
  to = logto_domain.auth
  identity = {
    id = "d1a2b3c4d5e6f7g8h9i0j"
  }
}
