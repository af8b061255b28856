variable "smtp_password" {
  type      = string
  ephemeral = true
}
