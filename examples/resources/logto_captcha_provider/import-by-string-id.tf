import {
  to = logto_captcha_provider.main
  id = "default"
}
