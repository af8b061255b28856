terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
    azuread = {
      source  = "hashicorp/azuread"
      version = ">= 3.0"
    }
  }
}

provider "logto" {} # LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET

provider "azuread" {} # ARM_TENANT_ID, and how to sign in
