data "logto_email_templates" "english" {
  language_tag = "en"
}
