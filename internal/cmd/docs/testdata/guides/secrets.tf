variable "month" {
  type    = number
  default = 1
}

resource "logto_application" "importer" {
  name = "Import"
  type = "MachineToMachine"
}

resource "aws_secretsmanager_secret" "importer" {
  name = "importer"
}
