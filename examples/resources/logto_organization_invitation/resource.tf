resource "logto_organization" "acme" {
  name = "ACME"
}

resource "logto_organization_role" "admin" {
  name = "Administrator"
}

# Without a message no email is sent: give the person the link in some other way.
resource "logto_organization_invitation" "joe" {
  organization_id = logto_organization.acme.id
  invitee         = "joe@acme.example.com"
  expires_at      = "2099-01-01T00:00:00Z"
  role_ids        = [logto_organization_role.admin.id]
}
