# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

run "plan" {
  command = plan

  assert {
    condition     = logto_sign_in_experience.this.language_info.fallback_language == "en"
    error_message = "Users without a preferred language must see English."
  }

  assert {
    condition     = can(jsondecode(logto_custom_phrase.french.translation).action.sign_in)
    error_message = "The button must have a French text."
  }
}
