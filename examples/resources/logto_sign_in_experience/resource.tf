# Texts in a language that Logto brings none for. The sign-in experience refers to
# them, so that they are there before it and go after it.
resource "logto_custom_phrase" "swedish" {
  language_tag = "sv-SE"
  translation  = jsonencode({ action = { sign_in = "Logga in" } })
}

resource "logto_sign_in_experience" "main" {
  color = {
    primary_color        = "#0b6e4f"
    is_dark_mode_enabled = true
  }
  branding = {
    logo_url = "https://example.com/logo.svg"
    favicon  = "https://example.com/favicon.ico"
  }
  language_info = {
    fallback_language = logto_custom_phrase.swedish.language_tag
  }
  terms_of_use_url   = "https://example.com/terms"
  privacy_policy_url = "https://example.com/privacy"

  password_policy = {
    length  = { min = 12 }
    rejects = { words = ["example"] }
  }
  mfa = {
    factors = ["Totp", "WebAuthn", "BackupCode"]
    policy  = "PromptAtSignInAndSignUp"
  }
  sentinel_policy = {
    max_attempts     = 10
    lockout_duration = 30
  }
}
