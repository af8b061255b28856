resource "logto_application" "shop" {
  name = "Shop"
  type = "SPA"
}

resource "logto_application_sign_in_experience" "shop" {
  application_id   = logto_application.shop.id
  display_name     = "The Shop"
  terms_of_use_url = "https://shop.example.com/terms"
  branding = {
    logo_url = "https://shop.example.com/logo.svg"
  }
  color = {
    primary_color = "#0a7d4f"
  }
}
