variable "scopes" {
  description = "Organization scopes by their names, such as \"invite:member\". The values say what they allow."
  type        = map(string)
  default     = {}
}

variable "roles" {
  description = <<-EOT
    Organization roles by keys of your choice, to which the organizations refer.
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
    Organizations by keys of your choice, such as the number of the customer. The key is part of the addresses of the
    resources of the organization: another key is another organization. `custom_data` is a JSON object, as a text.

    `jit` is just-in-time membership. Users who sign up with a verified address of one of the `email_domains`, or sign in
    with one of the enterprise connectors, become members and get the `roles`. If it is not set, it is not managed.

    `members` are users by keys of your choice, with their roles. Members that are not listed do not change.
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
    Machine-to-machine applications that get tokens for organizations, by keys of your choice. Their `roles` are of type
    `MachineToMachine`. `organizations` are keys of `var.organizations`, and all of them if it is not set.
  EOT
  type = map(object({
    application_id = string
    roles          = optional(set(string), [])
    organizations  = optional(set(string))
  }))
  default = {}
}
