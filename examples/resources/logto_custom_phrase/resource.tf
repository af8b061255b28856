resource "logto_custom_phrase" "swedish" {
  language_tag = "sv-SE"
  translation = jsonencode({
    action = { sign_in = "Logga in" }
    input  = { username = "Användarnamn" }
  })
  lifecycle {
    create_before_destroy = true # to be able to change the fallback language and remove these texts in one apply
  }
}
