import {
  to = logto_email_template.sign_in
  id = "en/SignIn"
}
