# On Logto Cloud only.
resource "logto_application" "intranet" {
  name = "Intranet"
  type = "Protected"
  protected_app = {
    sub_domain = "intranet"
    origin     = "https://origin.example.com"
  }
}

resource "logto_application_custom_domain" "intranet" {
  application_id = logto_application.intranet.id
  domain         = "intranet.example.com"
}
