# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

run "plan" {
  command = plan

  assert {
    condition     = logto_organization.acme.is_mfa_required
    error_message = "Acme must require MFA."
  }

  assert {
    condition     = logto_sign_in_experience.this.mfa.organization_required_mfa_policy == "Mandatory"
    error_message = "Logto must ask the members of Acme to set up MFA."
  }
}
