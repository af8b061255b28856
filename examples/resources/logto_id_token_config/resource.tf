resource "logto_id_token_config" "this" {
  enabled_extended_claims = ["roles", "organizations", "organization_roles", "custom_data"]
}
