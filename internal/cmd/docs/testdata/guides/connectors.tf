resource "logto_connector" "google" {
  connector_id = "google-universal"
}

resource "logto_connector" "github" {
  connector_id = "github-universal"
}
