data "logto_domains" "all" {}

output "domains" {
  value = data.logto_domains.all.domains[*].domain
}
