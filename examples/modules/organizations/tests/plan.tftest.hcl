# terraform test: it needs no Logto and no credentials.
mock_provider "logto" {}

variables {
  scopes = { "invite:member" = "Invite members" }

  roles = {
    admin = { name = "Administrator", scopes = ["invite:member"] }
    sync  = { name = "Directory sync", type = "MachineToMachine" }
  }

  organizations = {
    acme   = { name = "Acme", is_mfa_required = true, members = { jane = { user_id = "jane", roles = ["admin"] } } }
    globex = { name = "Globex", jit = { email_domains = ["globex.example.com"], roles = ["admin"] } }
  }

  applications = {
    sync = { application_id = "sync", roles = ["sync"] }
  }
}

run "plan" {
  command = apply # of the mock: IDs are known then

  assert {
    condition     = keys(output.organization_ids) == ["acme", "globex"]
    error_message = "Each key must be an organization."
  }

  assert {
    condition     = output.audiences["acme"] == "urn:logto:organization:${output.organization_ids["acme"]}"
    error_message = "The audience of a token must name the organization."
  }
}
