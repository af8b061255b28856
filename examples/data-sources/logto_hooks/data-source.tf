data "logto_hooks" "all" {}

output "webhooks" {
  value = data.logto_hooks.all.hooks[*].name
}
