resource "logto_organization_scope" "invite" {
  name        = "invite:member"
  description = "Invite members to the organization"
}
