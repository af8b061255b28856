import {
  to = logto_sign_in_experience.main
  identity = {
    id = "default"
  }
}
