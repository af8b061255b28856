# The members of Acme sign in through its SAML identity provider.
resource "logto_sso_connector" "acme" {
  provider_name  = "SAML"
  connector_name = "Acme"
  domains        = ["acme.example", "acme.co.example"]
  sync_profile   = true

  branding = {
    display_name = "Acme"
    logo         = "https://www.acme.example/logo.png"
  }

  saml = {
    entity_id         = "https://idp.acme.example/saml"
    sign_in_endpoint  = "https://idp.acme.example/saml/sso"
    x509_certificate  = <<-EOT
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
    attribute_mapping = { id = "uid", email = "mail", name = "displayName" }
  }
}

# Microsoft Entra ID wants to know Logto first: apply this, enter the two values
# there, and add saml = { metadata_url = "…" } afterwards.
resource "logto_sso_connector" "globex" {
  provider_name  = "AzureAD"
  connector_name = "Globex"
}

output "globex_entra_id" {
  value = {
    identifier = logto_sso_connector.globex.sp_entity_id
    reply_url  = logto_sso_connector.globex.acs_url
  }
}
