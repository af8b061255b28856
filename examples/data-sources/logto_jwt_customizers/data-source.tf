data "logto_jwt_customizers" "all" {}

output "customized_tokens" {
  value = [for c in data.logto_jwt_customizers.all.jwt_customizers : c.token_type]
}
