import {
  to = logto_jwt_customizer.access_token
  identity = {
    token_type = "access-token"
  }
}
