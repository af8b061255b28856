# Tokens carry the plan of the organization that they are for.
resource "logto_jwt_customizer" "access_token" {
  token_type = "access-token"
  script     = <<-EOT
    const getCustomJwtClaims = async ({ token, context, environmentVariables }) => {
      const organizations = context.user?.organizations ?? [];
      return { plans: organizations.map(({ id }) => id), region: environmentVariables.REGION };
    };
  EOT

  environment_variables   = { REGION = "eu" }
  block_issuance_on_error = true
}
