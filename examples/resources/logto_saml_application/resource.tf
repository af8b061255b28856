resource "logto_saml_application" "wiki" {
  name      = "Wiki"
  entity_id = "https://wiki.example.com/saml"
  acs_url = {
    url = "https://wiki.example.com/saml/acs"
  }
  name_id_format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
  attribute_mapping = {
    email = "mail"
    name  = "displayName"
  }
}

output "metadata_url" {
  value = logto_saml_application.wiki.metadata_url
}
