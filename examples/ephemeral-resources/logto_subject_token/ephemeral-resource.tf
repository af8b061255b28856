resource "logto_user" "jane" {
  primary_email = "jane@example.com"
}

# To act as Jane: an application exchanges it for an access token of hers.
ephemeral "logto_subject_token" "jane" {
  user_id = logto_user.jane.id
  context = jsonencode({ ticket = "4711" })
}
