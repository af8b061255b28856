resource "logto_application" "admin" {
  name = "Admin console"
  type = "SPA"
}

resource "logto_role" "admin" {
  name        = "admin"
  description = "Can use the admin console"
}

resource "logto_application_access_control" "admin" {
  application_id = logto_application.admin.id
  enabled        = true
  user_role_ids  = [logto_role.admin.id]
}
