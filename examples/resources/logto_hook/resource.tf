resource "logto_hook" "users" {
  name   = "User directory"
  url    = "https://directory.example.com/logto"
  events = ["User.Created", "User.Data.Updated", "User.Deleted"]
  headers = {
    X-Source = "logto"
  }
}
