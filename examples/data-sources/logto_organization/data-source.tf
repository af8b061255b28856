resource "logto_organization" "acme" {
  name = "ACME"
}

# By name, where only one organization has it; also by id.
data "logto_organization" "acme" {
  name = logto_organization.acme.name
}
