# A business-to-business product: a portal where the members of its customers sign in, the API behind it, and a worker
# that syncs projects at night. `make demo` runs it against a Logto in memory.

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

# The API that access tokens are for, and everything that a token can allow there.
resource "logto_api_resource" "projects" {
  name             = "Projects API"
  indicator        = "https://api.projects.example.com"
  access_token_ttl = 1800
  scopes = {
    "read:projects"  = { description = "See projects" }
    "write:projects" = { description = "Create and change projects" }
    "invite:members" = { description = "Invite colleagues" }
    "manage:billing" = { description = "Change the plan and see invoices" }
  }
}

# What the members of a customer can do. These roles own their scopes: one that is added elsewhere is removed.
resource "logto_role" "member" {
  name        = "Member"
  description = "Works on projects"
  is_default  = true
  scope_ids = [
    logto_api_resource.projects.scopes["read:projects"].id,
    logto_api_resource.projects.scopes["write:projects"].id,
  ]
}

resource "logto_role" "owner" {
  name        = "Owner"
  description = "Runs the workspace of a customer"
  scope_ids   = [for scope in logto_api_resource.projects.scopes : scope.id]
}

# What the worker can do. Its scopes are linked one by one, as a module does that does not own the role.
resource "logto_role" "sync" {
  name        = "Project sync"
  description = "Reads and writes projects for all customers"
  type        = "MachineToMachine"
}

resource "logto_role_scope" "sync" {
  for_each = toset(["read:projects", "write:projects"])

  role_id  = logto_role.sync.id
  scope_id = logto_api_resource.projects.scopes[each.key].id
}

# Where users sign in: rendered on a server, which keeps a secret.
resource "logto_application" "portal" {
  name                      = "Customer portal"
  description               = "Where customers work on their projects"
  type                      = "Traditional"
  redirect_uris             = ["https://portal.example.com/callback", "https://staging.portal.example.com/callback"]
  post_logout_redirect_uris = ["https://portal.example.com"]
  custom_data               = jsonencode({ team = "portal" })
}

resource "logto_application_secret" "portal" {
  application_id = logto_application.portal.id
  name           = "portal 2026"
}

# The worker signs in as itself.
resource "logto_application" "worker" {
  name        = "Project sync worker"
  description = "Syncs projects at night"
  type        = "MachineToMachine"
}

resource "logto_application_secret" "worker" {
  application_id = logto_application.worker.id
  name           = "nightly"
}

resource "logto_application_role" "worker" {
  application_id = logto_application.worker.id
  role_id        = logto_role.sync.id
}

output "api" {
  description = "Resource indicator of the API"
  value       = logto_api_resource.projects.indicator
}

output "portal_app_id" {
  value = logto_application.portal.id
}

output "portal_app_secret" {
  value     = logto_application_secret.portal.value
  sensitive = true
}

output "worker_app_id" {
  value = logto_application.worker.id
}

output "worker_app_secret" {
  value     = logto_application_secret.worker.value
  sensitive = true
}
