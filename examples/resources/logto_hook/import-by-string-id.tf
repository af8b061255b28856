import {
  to = logto_hook.users
  id = "h1a2b3c4d5e6f7g8h9i0j"
}
