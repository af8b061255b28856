import {
  to = logto_application_access_control.admin
  id = "a1a2b3c4d5e6f7g8h9i0j"
}
