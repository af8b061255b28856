terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source  = "logto-community/logto"
      version = "~> 0.1.0"
    }
  }
}

# LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET have the endpoint and the credentials.
provider "logto" {}

resource "logto_application" "shop" {
  name          = "Shop"
  type          = "SPA"
  redirect_uris = ["https://shop.example.com/callback"]
}
