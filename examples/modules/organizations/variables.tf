variable "scopes" {
  description = "What members may do in an organization: names of scopes, such as \"invite:member\", and what they allow."
  type        = map(string)
  default     = {}
}

variable "roles" {
  description = <<-EOT
    Roles that members can have, by keys of your own, which organizations refer to.
    `type` is `User` or `MachineToMachine`. `scopes` are keys of `var.scopes`,
    `resource_scope_ids` are IDs of scopes of API resources.
  EOT
  type = map(object({
    name               = string
    description        = optional(string)
    type               = optional(string, "User")
    scopes             = optional(set(string), [])
    resource_scope_ids = optional(set(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue([for r in var.roles : contains(["User", "MachineToMachine"], r.type)])
    error_message = "The type of a role is User or MachineToMachine."
  }
}

variable "organizations" {
  description = <<-EOT
    The organizations, by keys of your own, such as the customer's number. A key is part of the addresses of the
    organization's resources: another key is another organization. `custom_data` is a JSON object, as text.

    `jit`: whoever has a verified address of one of the `email_domains`, or signs in through one of the enterprise
    connectors, becomes a member by signing up or in, and gets the `roles`. Left out, it is not managed.

    `members`: users, by keys of your own, and their roles. Members that are not listed stay as they are.
  EOT
  type = map(object({
    name            = string
    description     = optional(string)
    custom_data     = optional(string, "{}")
    is_mfa_required = optional(bool, false)
    branding = optional(object({
      logo_url      = optional(string)
      dark_logo_url = optional(string)
      favicon       = optional(string)
      dark_favicon  = optional(string)
    }))
    color = optional(object({
      primary_color        = optional(string)
      is_dark_mode_enabled = optional(bool)
      dark_primary_color   = optional(string)
    }))
    jit = optional(object({
      email_domains     = optional(set(string), [])
      sso_connector_ids = optional(set(string), [])
      roles             = optional(set(string), [])
    }))
    members = optional(map(object({
      user_id = string
      roles   = optional(set(string), [])
    })), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for o in var.organizations : alltrue([for d in try(o.jit.email_domains, []) : d == lower(d)])])
    error_message = "Email domains are in lower case: Logto compares them letter by letter."
  }
}

variable "applications" {
  description = <<-EOT
    Machine-to-machine applications that get tokens for organizations, by keys of your own, and the roles, of type
    `MachineToMachine`, that they have there. `organizations` are keys of `var.organizations`; left out, all of them.
  EOT
  type = map(object({
    application_id = string
    roles          = optional(set(string), [])
    organizations  = optional(set(string))
  }))
  default = {}
}
