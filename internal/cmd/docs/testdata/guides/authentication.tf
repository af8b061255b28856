variable "staging_app_id" {
  type    = string
  default = "replace-me"
}

variable "staging_app_secret" {
  type    = string
  default = "replace-me"
}
