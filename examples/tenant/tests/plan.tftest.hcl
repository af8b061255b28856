# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {
  mock_resource "logto_connector" {
    defaults = { type = "Email" }
  }
}

run "fresh" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = one(logto_sign_in_experience.this.sign_in.methods).verification_code && contains(logto_sign_in_experience.this.forgot_password_methods, "EmailVerificationCode")
    error_message = "Users must be able to sign in and to reset the password with a code."
  }

  assert {
    condition     = logto_sso_connector.globex.oidc == null
    error_message = "The connector of Globex must have no settings until Globex has our redirect URI."
  }

  assert {
    condition     = logto_organization_role.member.resource_scope_ids == toset([logto_api_resource.projects.scopes["read:projects"].id])
    error_message = "Members must only see projects."
  }

  assert {
    condition     = logto_organization.globex.is_mfa_required && logto_organization.globex.jit.sso_connector_ids == toset([logto_sso_connector.globex.id])
    error_message = "Members of Globex must need MFA, and come in through their connector."
  }
}

run "with_globex" {
  command = plan

  variables {
    globex        = { issuer = "https://idp.globex.example.com", client_id = "logto" }
    globex_secret = "secret"
  }

  assert {
    condition     = logto_sso_connector.globex.oidc.issuer == "https://idp.globex.example.com"
    error_message = "The connector must have the settings of Globex."
  }
}
