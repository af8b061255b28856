data "logto_connectors" "social" {
  type = "Social"
}

output "targets" {
  value = distinct(data.logto_connectors.social.connectors[*].target)
}
