# A customer of a B2B product.
resource "logto_organization" "acme" {
  name        = "ACME"
  description = "Customer since 2024"

  branding = {
    logo_url = "https://acme.example.com/logo.svg"
  }
  color = {
    primary_color = "#d32f2f"
  }
  custom_data = jsonencode({
    plan = "enterprise"
  })

  # Users with a verified address of the domain become members at the first sign-in.
  jit = {
    email_domains = ["acme.example.com"]
  }
}
