data "logto_api_resources" "all" {}

output "indicators" {
  value = data.logto_api_resources.all.api_resources[*].indicator
}
