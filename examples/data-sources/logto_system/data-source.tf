data "logto_system" "this" {}

output "has_protected_apps" {
  value = data.logto_system.this.protected_apps_domain != null
}
