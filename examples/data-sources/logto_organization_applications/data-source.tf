resource "logto_organization" "acme" {
  name = "Acme"
}

data "logto_organization_applications" "acme" {
  organization_id = logto_organization.acme.id
}
