# The production tenant. It has its own state, and its own LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET.

terraform {
  required_version = ">= 1.11"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

provider "logto" {}

variable "smtp_password" {
  description = "Password of the mail server's account."
  type        = string
  sensitive   = true
  ephemeral   = true
}

module "tenant" {
  source = "../module"

  site          = "https://shop.example.com"
  smtp_host     = "smtp.example.com"
  smtp_password = var.smtp_password
}

output "shop_app_id" {
  description = "App ID for the code of the shop."
  value       = module.tenant.shop_app_id
}
