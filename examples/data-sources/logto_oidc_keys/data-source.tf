data "logto_oidc_keys" "signing" {
  key_type = "private-keys"
}

output "current_signing_key" {
  value = one([for k in data.logto_oidc_keys.signing.oidc_keys : k.id if k.status == "Current"])
}
