resource "logto_organization" "acme" {
  name = "Acme"
}

resource "logto_organization_role" "admin" {
  name = "Administrator"
}

resource "logto_organization_role" "member" {
  name = "Member"
}

resource "logto_connector" "email" {
  connector_id = "http-email"
  config       = jsonencode({ endpoint = "https://mail.example.com" })
}
