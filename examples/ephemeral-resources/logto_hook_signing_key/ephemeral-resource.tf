resource "logto_hook" "users" {
  name   = "User directory"
  url    = "https://directory.example.com/logto"
  events = ["User.Created"]
}

ephemeral "logto_hook_signing_key" "users" {
  hook_id = logto_hook.users.id
}
