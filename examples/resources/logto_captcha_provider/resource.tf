variable "turnstile_secret" {
  type      = string
  sensitive = true
  default   = "1x0000000000000000000000000000000AA"
}

resource "logto_captcha_provider" "main" {
  type       = "Turnstile"
  site_key   = "1x00000000000000000000AA"
  secret_key = var.turnstile_secret
}

# Turned off before the provider goes.
resource "logto_sign_in_experience" "main" {
  captcha_policy = { enabled = true }
  depends_on     = [logto_captcha_provider.main]
}
