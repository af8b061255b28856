resource "logto_role" "editor" {
  name        = "Editor"
  description = "Writes and publishes articles"
}

resource "logto_user" "jane" {
  username      = "jane"
  primary_email = "jane@example.com"
  primary_phone = "447911123456"
  name          = "Jane Doe"

  profile = {
    given_name  = "Jane"
    family_name = "Doe"
    locale      = "en-GB"
    address = {
      locality = "London"
      country  = "United Kingdom"
    }
  }

  custom_data = jsonencode({ plan = "pro", seats = 3 })

  # All roles of the user: Terraform removes others.
  role_ids = [logto_role.editor.id]
}
