resource "logto_organization_scope" "invite" {
  name = "invite:member"
}

data "logto_organization_scope" "invite" {
  name = logto_organization_scope.invite.name
}
