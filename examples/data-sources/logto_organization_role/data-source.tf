resource "logto_organization_role" "admin" {
  name = "Administrator"
}

data "logto_organization_role" "admin" {
  name = logto_organization_role.admin.name
}
