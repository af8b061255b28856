resource "logto_email_template" "sign_in" {
  language_tag  = "en"
  template_type = "SignIn"
  subject       = "Your code for {{application.name}}"
  content       = "Your code is {{code}}. It is good for 10 minutes."
  content_type  = "text/plain"
}
