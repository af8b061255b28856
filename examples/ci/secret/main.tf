variable "app_id" {
  description = "App ID of the application that Terraform signs in as (LOGTO_APP_ID)."
  type        = string
}

variable "month" {
  description = "This month, as 202601."
  type        = number
}

variable "last_month" {
  description = "Last month, as 202512. Its secret is the one with which this run signs in."
  type        = number
}

resource "logto_application_secret" "terraform" {
  for_each = toset([for month in [var.last_month, var.month] : tostring(month)])

  application_id = var.app_id
  name           = "terraform-${each.key}"
}

ephemeral "logto_application_secret" "terraform" {
  id = logto_application_secret.terraform[tostring(var.month)].id
}

resource "aws_secretsmanager_secret" "terraform" {
  name = "logto-terraform"
}

resource "aws_secretsmanager_secret_version" "terraform" {
  secret_id                = aws_secretsmanager_secret.terraform.id
  secret_string_wo         = ephemeral.logto_application_secret.terraform.value
  secret_string_wo_version = var.month
}
