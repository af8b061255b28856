# The connector exists first: the application at the identity provider needs its
# sp_entity_id and acs_url.
resource "logto_sso_connector" "globex" {
  provider_name  = "SAML"
  connector_name = "Globex"
  domains        = ["globex.example"]
}

resource "logto_sso_connector_signing_key" "globex" {
  connector_id = logto_sso_connector.globex.id
  active       = true
}

# The settings follow, from what the identity provider says of the application.
resource "logto_sso_connector_config" "globex" {
  connector_id = logto_sso_connector.globex.id

  saml = {
    entity_id          = "https://idp.globex.example/saml"
    sign_in_endpoint   = "https://idp.globex.example/saml/sso"
    x509_certificate   = <<-EOT
      -----BEGIN CERTIFICATE-----
      MIIBizCCATGgAwIBAgIUMKICnV8AZw/LYvkp5XPOopHOLzYwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQaWRwLmFjbWUuZXhhbXBsZTAeFw0yNjExMjMwOTA2MDJaFw00
      NjExMTgwOTA2MDJaMBsxGTAXBgNVBAMMEGlkcC5hY21lLmV4YW1wbGUwWTATBgcq
      hkjOPQIBBggqhkjOPQMBBwNCAATtSdKBTwcSp4vUPeC0NSX6gOYuodBMLpg1cHeD
      hJqh/d3sLrStZPFvpE+URLhoAi//j8E1iBEuENLR4rYnmaLCo1MwUTAdBgNVHQ4E
      FgQUj0cGgRZsokNEBgmALQtD2X1hWd4wHwYDVR0jBBgwFoAUj0cGgRZsokNEBgmA
      LQtD2X1hWd4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAsvUc
      h3MoHH9oV+1rbyt+qn9GGDhBOH+t0qEpzchV6NACIGHfJp4glQmyMGC3xtPfCBHb
      b5uMeY6Xw5ySPFCAdzDG
      -----END CERTIFICATE-----
    EOT
    attribute_mapping  = { email = "mail" }
    sign_authn_request = true
  }

  depends_on = [logto_sso_connector_signing_key.globex]
}
