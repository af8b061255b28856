terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}
