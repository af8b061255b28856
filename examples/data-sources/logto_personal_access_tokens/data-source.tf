resource "logto_user" "jane" {
  username = "jane"
}

data "logto_personal_access_tokens" "jane" {
  user_id = logto_user.jane.id
}

# The tokens that never expire.
output "endless_tokens" {
  value = [for t in data.logto_personal_access_tokens.jane.personal_access_tokens : t.name if t.expires_at == null]
}
