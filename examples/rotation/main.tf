variable "month" {
  description = "The month, as 202601. Another month is another secret."
  type        = number
}

resource "logto_application" "importer" {
  name = "Order import"
  type = "MachineToMachine"
}

resource "terraform_data" "month" {
  input = var.month
}

resource "logto_application_secret" "importer" {
  application_id = logto_application.importer.id
  name           = "import-${var.month}"

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.month]
  }
}

ephemeral "logto_application_secret" "importer" {
  id = logto_application_secret.importer.id
}

resource "aws_secretsmanager_secret" "importer" {
  name = "order-import"
}

resource "aws_secretsmanager_secret_version" "importer" {
  secret_id                = aws_secretsmanager_secret.importer.id
  secret_string_wo         = ephemeral.logto_application_secret.importer.value
  secret_string_wo_version = var.month
}
