data "logto_organizations" "all" {}

output "organization_ids" {
  value = { for o in data.logto_organizations.all.organizations : o.id => o.name }
}
