resource "logto_organization" "acme" {
  name = "ACME"
}

resource "logto_organization_role" "admin" {
  name = "Administrator"
}

# Without a message no email is sent: send the link to the user in some other way.
resource "logto_organization_invitation" "joe" {
  organization_id = logto_organization.acme.id
  invitee         = "joe@acme.example.com"
  role_ids        = [logto_organization_role.admin.id]

  # 30 days from its creation. Each plan has another time, which would replace the invitation: ignore_changes
  # keeps the first one.
  expires_at = timeadd(plantimestamp(), "720h")

  lifecycle {
    ignore_changes = [expires_at]
  }
}
