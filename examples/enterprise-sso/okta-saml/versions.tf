terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
    okta = {
      source = "okta/okta"
    }
  }
}

provider "logto" {} # LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET

provider "okta" {} # OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_API_TOKEN
