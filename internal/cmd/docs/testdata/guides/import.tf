resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees orders"
}
