# On Logto Cloud only.
resource "logto_domain" "auth" {
  domain = "auth.example.com"
  verification_files = [{
    path         = "/google0123456789abcdef.html"
    content      = "google-site-verification: google0123456789abcdef.html"
    content_type = "text/plain"
  }]
}

output "dns_records" {
  value = logto_domain.auth.dns_records
}
