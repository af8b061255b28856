resource "logto_custom_phrase" "swedish" {
  language_tag = "sv-SE"
  translation = jsonencode({
    action = { sign_in = "Logga in" }
    input  = { username = "Användarnamn" }
  })
}
