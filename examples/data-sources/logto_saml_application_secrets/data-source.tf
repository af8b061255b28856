resource "logto_saml_application" "wiki" {
  name = "Wiki"
}

data "logto_saml_application_secrets" "wiki" {
  application_id = logto_saml_application.wiki.id
}
