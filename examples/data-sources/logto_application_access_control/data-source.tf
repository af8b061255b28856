resource "logto_application" "partner" {
  name           = "Partner"
  type           = "Traditional"
  is_third_party = true
}

data "logto_application_access_control" "partner" {
  application_id = logto_application.partner.id
}
