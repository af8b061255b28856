# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

variables {
  smtp_password = "test"
}

run "plan" {
  command = plan

  assert {
    condition     = logto_sign_in_experience.this.sign_up.password == false
    error_message = "Users must not need a password."
  }

  assert {
    condition     = alltrue([for method in logto_sign_in_experience.this.sign_in.methods : method.verification_code])
    error_message = "Users must be able to sign in with a code."
  }
}
