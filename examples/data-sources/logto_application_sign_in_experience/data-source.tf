resource "logto_application" "partner" {
  name           = "Partner"
  type           = "Traditional"
  is_third_party = true
}

resource "logto_application_sign_in_experience" "partner" {
  application_id = logto_application.partner.id
  display_name   = "Partner"
}

data "logto_application_sign_in_experience" "partner" {
  application_id = logto_application_sign_in_experience.partner.application_id
}
