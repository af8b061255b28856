resource "logto_application" "partner" {
  name           = "Partner"
  type           = "Traditional"
  is_third_party = true
}

data "logto_application_user_consent_scopes" "partner" {
  application_id = logto_application.partner.id
}
