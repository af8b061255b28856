terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

# Everything may come from the environment instead: LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET.
provider "logto" {
  endpoint   = "https://my-tenant.logto.app"
  app_id     = var.logto_app_id
  app_secret = var.logto_app_secret
}

variable "logto_app_id" {
  type = string
}

variable "logto_app_secret" {
  type      = string
  sensitive = true
}
