import {
  to = logto_email_template.sign_in
  identity = {
    language_tag  = "en"
    template_type = "SignIn"
  }
}
