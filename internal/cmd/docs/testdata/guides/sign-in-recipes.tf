resource "logto_sign_in_experience" "this" {
}
