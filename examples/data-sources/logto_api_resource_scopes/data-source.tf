data "logto_api_resource" "management" {
  indicator = "https://default.logto.app/api"
}

data "logto_api_resource_scopes" "management" {
  resource_id = data.logto_api_resource.management.id
}
