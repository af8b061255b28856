resource "logto_saml_application" "wiki" {
  name = "Wiki"
}

resource "logto_saml_application_secret" "y2026" {
  application_id     = logto_saml_application.wiki.id
  life_span_in_years = 2
  active             = true

  lifecycle {
    create_before_destroy = true
  }
}
