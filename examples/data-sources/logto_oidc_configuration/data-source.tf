data "logto_oidc_configuration" "this" {}

# What an API gateway needs to check tokens.
output "jwt_authorizer" {
  value = {
    issuer   = data.logto_oidc_configuration.this.issuer
    jwks_uri = data.logto_oidc_configuration.this.jwks_uri
  }
}
