resource "logto_organization" "acme" {
  name = "Acme"
}

resource "logto_organization_invitation" "jane" {
  organization_id = logto_organization.acme.id
  invitee         = "jane@acme.example"
  expires_at      = "2070-01-01T00:00:00Z"
}

# Again, because the first one went astray:
# terraform apply -invoke=action.logto_send_organization_invitation.jane
action "logto_send_organization_invitation" "jane" {
  config {
    invitation_id   = logto_organization_invitation.jane.id
    message_payload = jsonencode({ link = "https://app.example.com/join/${logto_organization_invitation.jane.id}" })
  }
}
