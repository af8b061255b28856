# The password is in neither plan nor state. Raise the version to set another one.
variable "initial_password" {
  type      = string
  ephemeral = true
  default   = "correct horse battery staple"
}

resource "logto_user" "operator" {
  username            = "operator"
  password_wo         = var.initial_password
  password_wo_version = 1
}

# A user who comes from another system along with the password.
resource "logto_user" "moved" {
  primary_email      = "moved@example.com"
  password_digest    = "$2b$10$CwTycUXWue0Thq9StjUM0uJ8b1aFTmS2dRl5UAGbSzUz1xN8m3QzK"
  password_algorithm = "Bcrypt"
}
