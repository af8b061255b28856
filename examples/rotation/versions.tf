terraform {
  required_version = ">= 1.11"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.88"
    }
  }
}

provider "logto" {} # LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET

provider "aws" {}
