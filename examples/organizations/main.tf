# A product for companies: each customer is an organization. Its members sign in with their own domain or are listed here,
# and a service of ours works for every customer.

terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

# Reads LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET.
provider "logto" {}

# The API that our front end calls with tokens of an organization.
resource "logto_api_resource" "projects" {
  name      = "Projects"
  indicator = "https://api.example.com/projects"
  scopes = {
    "read:projects"  = { description = "See projects" }
    "write:projects" = { description = "Create and change projects" }
  }
}

# The customers' first administrators; they invite all others.
resource "logto_user" "administrator" {
  for_each = {
    acme   = { email = "jane@acme.example.com", name = "Jane Doe" }
    globex = { email = "joe@globex.example.com", name = "Joe Bloggs" }
  }

  primary_email = each.value.email
  name          = each.value.name
}

# What syncs the customers' directories at night.
resource "logto_application" "sync" {
  name = "Directory sync"
  type = "MachineToMachine"
}

# What bills those on the enterprise plan.
resource "logto_application" "billing" {
  name = "Billing"
  type = "MachineToMachine"
}

module "organizations" {
  source = "../modules/organizations"

  scopes = {
    "invite:member"  = "Invite and remove members"
    "manage:billing" = "See invoices and change the plan"
    "sync:directory" = "Read and write the members"
  }

  roles = {
    member = {
      name               = "Member"
      description        = "Works with the projects"
      resource_scope_ids = [logto_api_resource.projects.scopes["read:projects"].id]
    }
    admin = {
      name               = "Administrator"
      description        = "Runs the organization"
      scopes             = ["invite:member", "manage:billing"]
      resource_scope_ids = [for scope in logto_api_resource.projects.scopes : scope.id]
    }
    sync = {
      name   = "Directory sync"
      type   = "MachineToMachine"
      scopes = ["sync:directory"]
    }
    billing = {
      name   = "Billing"
      type   = "MachineToMachine"
      scopes = ["manage:billing"]
    }
  }

  organizations = {
    acme = {
      name            = "ACME"
      description     = "Customer since 2024"
      custom_data     = jsonencode({ plan = "enterprise", seats = 250 })
      is_mfa_required = true
      branding        = { logo_url = "https://acme.example.com/logo.svg" }
      color           = { primary_color = "#d32f2f" }
      jit             = { email_domains = ["acme.example.com", "acme.example.org"], roles = ["member"] }
      members         = { jane = { user_id = logto_user.administrator["acme"].id, roles = ["admin", "member"] } }
    }
    globex = {
      name        = "Globex"
      custom_data = jsonencode({ plan = "starter" })
      members     = { joe = { user_id = logto_user.administrator["globex"].id, roles = ["admin"] } }
    }
  }

  applications = {
    sync    = { application_id = logto_application.sync.id, roles = ["sync"] }
    billing = { application_id = logto_application.billing.id, roles = ["billing"], organizations = ["acme"] }
  }
}

output "organization_ids" {
  value = module.organizations.organization_ids
}

output "audiences" {
  value = module.organizations.audiences
}
