output "organization_ids" {
  description = "IDs of the organizations by their keys."
  value       = { for key, o in logto_organization.this : key => o.id }
}

output "audiences" {
  description = "The `aud` of the organizations' tokens by their keys: what a service checks."
  value       = { for key, o in logto_organization.this : key => "urn:logto:organization:${o.id}" }
}

output "role_ids" {
  description = "IDs of the organization roles by their keys."
  value       = { for key, r in logto_organization_role.this : key => r.id }
}

output "scope_ids" {
  description = "IDs of the organization scopes by their names."
  value       = { for name, s in logto_organization_scope.this : name => s.id }
}
