data "logto_applications" "all" {}

output "application_ids" {
  value = { for a in data.logto_applications.all.applications : a.id => a.name }
}
