resource "logto_captcha_provider" "main" {
  type       = "Turnstile"
  site_key   = "1x00000000000000000000AA"
  secret_key = "1x0000000000000000000000000000000AA"
}

data "logto_captcha_provider" "main" {
  depends_on = [logto_captcha_provider.main]
}
