import {
  to = logto_jwt_customizer.access_token
  id = "access-token"
}
