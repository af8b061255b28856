# On Logto Cloud only.
resource "logto_domain" "auth" {
  domain = "auth.example.com"
}

data "logto_domain" "auth" {
  domain = logto_domain.auth.domain
}
