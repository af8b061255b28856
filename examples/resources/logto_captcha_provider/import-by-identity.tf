import {
  to = logto_captcha_provider.main
  identity = {
    id = "default"
  }
}
