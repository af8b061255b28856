# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

run "plan" {
  command = plan

  assert {
    condition     = logto_sign_in_experience.this.sign_up.identifiers == tolist(["username"])
    error_message = "Users must sign up with a username only."
  }

  assert {
    condition     = logto_sign_in_experience.this.password_policy.length.min >= 12
    error_message = "Passwords must have 12 characters."
  }
}
