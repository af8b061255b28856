resource "logto_organization" "acme" {
  name = "ACME"
}

resource "logto_organization_role" "admin" {
  name = "Administrator"
}

resource "logto_user" "jane" {
  primary_email = "jane@acme.example.com"
}

resource "logto_organization_member" "jane" {
  organization_id = logto_organization.acme.id
  user_id         = logto_user.jane.id
  role_ids        = [logto_organization_role.admin.id]
}
