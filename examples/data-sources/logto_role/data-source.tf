data "logto_role" "management" {
  name = "Logto Management API access"
}
