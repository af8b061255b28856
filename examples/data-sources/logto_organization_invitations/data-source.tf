resource "logto_organization" "acme" {
  name = "Acme"
}

data "logto_organization_invitations" "acme" {
  organization_id = logto_organization.acme.id
}
