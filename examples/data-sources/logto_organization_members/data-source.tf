resource "logto_organization" "acme" {
  name = "ACME"
}

data "logto_organization_members" "acme" {
  organization_id = logto_organization.acme.id
}
