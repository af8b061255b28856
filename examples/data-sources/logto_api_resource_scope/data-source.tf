data "logto_api_resource" "management" {
  indicator = "https://default.logto.app/api"
}

# The one permission of Logto's own Management API.
data "logto_api_resource_scope" "all" {
  resource_id = data.logto_api_resource.management.id
  name        = "all"
}
