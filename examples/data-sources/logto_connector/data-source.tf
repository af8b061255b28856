resource "logto_connector" "github" {
  connector_id = "github-universal"
}

data "logto_connector" "github" {
  target     = "github"
  depends_on = [logto_connector.github]
}

output "label" {
  value = data.logto_connector.github.name.en
}
