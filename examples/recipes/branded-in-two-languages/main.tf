# The texts of Logto exist in both languages. These replace some of them.
resource "logto_custom_phrase" "english" {
  language_tag = "en"
  translation  = jsonencode({ description = { agree_with_terms = "I accept the" }, action = { sign_in = "Log in" } })
}

resource "logto_custom_phrase" "french" {
  language_tag = "fr"
  translation  = jsonencode({ action = { sign_in = "Se connecter" } })
}

resource "logto_sign_in_experience" "this" {
  branding = {
    logo_url      = "https://www.example.com/logo.svg"
    dark_logo_url = "https://www.example.com/logo-dark.svg"
    favicon       = "https://www.example.com/favicon.ico"
  }
  color = {
    primary_color        = "#0b6e4f"
    is_dark_mode_enabled = true
    dark_primary_color   = "#2fbf8f"
  }
  language_info = {
    auto_detect       = true # the language of the browser, if it is one of the two
    fallback_language = logto_custom_phrase.english.language_tag
  }
  terms_of_use_url   = "https://www.example.com/terms"
  privacy_policy_url = "https://www.example.com/privacy"
  support_email      = "help@example.com"
  custom_css         = file("${path.module}/sign-in.css")

  depends_on = [logto_custom_phrase.french]
}
