resource "logto_hook" "users" {
  name   = "User directory"
  url    = "https://directory.example.com/logto"
  events = ["User.Created"]
}

data "logto_hook" "users" {
  name = logto_hook.users.name
}
