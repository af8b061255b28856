resource "logto_user" "jane" {
  primary_email = "Jane@example.com"
}

# Letter case does not matter in an email address.
data "logto_user" "jane" {
  primary_email = "jane@example.com"
  depends_on    = [logto_user.jane]
}
