resource "logto_role" "admin" {
  name        = "admin"
  description = "Can do everything"
}

data "logto_role_users" "admin" {
  role_id = logto_role.admin.id
}

output "admins" {
  value = data.logto_role_users.admin.role_users[*].primary_email
}
