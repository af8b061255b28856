resource "logto_role" "support" {
  name        = "Support"
  description = "Helps customers"
}

# The user's role_ids are left out, so that several modules can assign roles.
resource "logto_user" "john" {
  username = "john"
}

resource "logto_user_role" "support" {
  user_id = logto_user.john.id
  role_id = logto_role.support.id
}
