data "logto_audit_logs" "machine_tokens" {
  key   = "ExchangeTokenBy.ClientCredentials"
  limit = 20
}

output "machine_tokens_since" {
  value = try(reverse(data.logto_audit_logs.machine_tokens.audit_logs)[0].created_at, "never")
}
