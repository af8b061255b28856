# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = output.audiences == { for key, id in output.organization_ids : key => "urn:logto:organization:${id}" }
    error_message = "The audience of a token must name the organization."
  }

  assert {
    condition     = keys(output.organization_ids) == ["acme", "globex"]
    error_message = "Each customer must be an organization."
  }
}
