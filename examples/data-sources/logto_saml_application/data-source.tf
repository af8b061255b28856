resource "logto_saml_application" "wiki" {
  name = "Wiki"
}

data "logto_saml_application" "wiki" {
  name = logto_saml_application.wiki.name
}
