terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

provider "logto" {} # LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET
