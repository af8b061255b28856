# The members of Acme must use MFA, and all other users can.
resource "logto_organization" "acme" {
  name            = "Acme"
  is_mfa_required = true
}

resource "logto_organization" "globex" {
  name = "Globex"
}

resource "logto_sign_in_experience" "this" {
  mfa = {
    factors = ["Totp", "WebAuthn", "BackupCode"]
    policy  = "PromptAtSignInAndSignUp" # users can skip it

    # Members of an organization that requires MFA must set it up when they sign in.
    organization_required_mfa_policy = "Mandatory"
  }
}
