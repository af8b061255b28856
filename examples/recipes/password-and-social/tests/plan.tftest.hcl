# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

variables {
  smtp_password        = "test"
  google_client_secret = "test"
  github_client_secret = "test"
}

run "plan" {
  command = plan

  assert {
    condition     = toset(logto_sign_in_experience.this.sign_in.methods[*].identifier) == toset(["email"])
    error_message = "Users must sign in with their email address."
  }

  assert {
    condition     = contains(logto_sign_in_experience.this.forgot_password_methods, "EmailVerificationCode")
    error_message = "Users must be able to reset the password."
  }
}
