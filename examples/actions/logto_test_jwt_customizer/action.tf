# terraform apply -invoke=action.logto_test_jwt_customizer.seats
action "logto_test_jwt_customizer" "seats" {
  config {
    token_type = "client-credentials"
    script     = "const getCustomJwtClaims = async ({ token }) => ({ client: token.clientId });"
    token      = jsonencode({ clientId = "a1b2c3d4e5f6g7h8i9j0k" })
    context    = jsonencode({})
  }
}
