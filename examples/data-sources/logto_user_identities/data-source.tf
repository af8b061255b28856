resource "logto_user" "jane" {
  username = "jane"
}

data "logto_user_identities" "jane" {
  user_id = logto_user.jane.id
}

output "providers_of_jane" {
  value = data.logto_user_identities.jane.user_identities[*].target
}
