# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

variables {
  site          = "https://shop.example.com"
  smtp_host     = "smtp.example.com"
  smtp_password = "test"
}

run "production" {
  command = plan

  assert {
    condition     = logto_application.shop.redirect_uris == tolist(["https://shop.example.com/callback"])
    error_message = "Users must come back to the site of the tenant."
  }

  assert {
    condition     = logto_sign_in_experience.this.mfa.policy == "Mandatory"
    error_message = "Users must set up a second factor, unless the tenant says otherwise."
  }
}

run "development" {
  command = plan

  variables {
    is_mfa_required = false
  }

  assert {
    condition     = logto_sign_in_experience.this.mfa.policy == "UserControlled"
    error_message = "Developers must be able to sign in without a second factor."
  }
}
