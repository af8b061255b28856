resource "logto_user" "jane" {
  name = "Jane Doe"
}

# Jane can sign in with GitHub from the start.
resource "logto_user_identity" "github" {
  user_id          = logto_user.jane.id
  target           = "github"
  provider_user_id = "583231"
  details = jsonencode({
    id    = "583231"
    name  = "Jane Doe"
    email = "jane@example.com"
  })
}
