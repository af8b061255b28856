resource "logto_user" "jane" {
  username = "jane"
}

data "logto_user_organizations" "jane" {
  user_id = logto_user.jane.id
}

output "organizations_of_jane" {
  value = { for o in data.logto_user_organizations.jane.user_organizations : o.name => o.role_ids }
}
