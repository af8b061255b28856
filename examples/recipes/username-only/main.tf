# Users have a username and a password, and no address at which Logto could reach them. They cannot reset the
# password themselves: set a new one with logto_user, in the Console or with the Management API.
resource "logto_sign_in_experience" "this" {
  sign_up = {
    identifiers = ["username"]
    password    = true
    verify      = false
  }
  sign_in = {
    methods = [{
      identifier          = "username"
      password            = true
      verification_code   = false
      is_password_primary = true
    }]
  }
  forgot_password_methods = []

  # A word that attackers guess is refused, and so is a password that others have lost.
  password_policy = {
    length  = { min = 12 }
    rejects = { pwned = true, user_info = true, words = ["example"] }
  }
}
