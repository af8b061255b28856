resource "logto_organization_scope" "invite" {
  name        = "invite:member"
  description = "Invite people into the organization"
}
