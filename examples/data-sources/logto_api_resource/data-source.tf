# By its indicator, which is unique. Also by id, or by name where only one has it.
data "logto_api_resource" "management" {
  indicator = "https://default.logto.app/api"
}
