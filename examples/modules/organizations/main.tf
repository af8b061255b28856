# The organization template: what there is to do in an organization, and who does what.

resource "logto_organization_scope" "this" {
  for_each = var.scopes

  name        = each.key
  description = each.value
}

resource "logto_organization_role" "this" {
  for_each = var.roles

  name               = each.value.name
  description        = each.value.description
  type               = each.value.type
  scope_ids          = [for s in each.value.scopes : logto_organization_scope.this[s].id]
  resource_scope_ids = each.value.resource_scope_ids
}

# The organizations.

resource "logto_organization" "this" {
  for_each = var.organizations

  name            = each.value.name
  description     = each.value.description
  custom_data     = each.value.custom_data
  is_mfa_required = each.value.is_mfa_required
  branding        = each.value.branding
  color           = each.value.color

  jit = each.value.jit == null ? null : {
    email_domains     = each.value.jit.email_domains
    sso_connector_ids = each.value.jit.sso_connector_ids
    role_ids          = [for r in each.value.jit.roles : logto_organization_role.this[r].id]
  }
}

# Who belongs to them.

locals {
  members = merge([for key, o in var.organizations : {
    for name, m in o.members : "${key}/${name}" => merge(m, { organization = key })
  }]...)

  access = merge([for name, a in var.applications : {
    for key in a.organizations == null ? keys(var.organizations) : a.organizations :
    "${key}/${name}" => merge(a, { organization = key })
  }]...)
}

resource "logto_organization_member" "this" {
  for_each = local.members

  organization_id = logto_organization.this[each.value.organization].id
  user_id         = each.value.user_id
  role_ids        = [for r in each.value.roles : logto_organization_role.this[r].id]
}

resource "logto_organization_application" "this" {
  for_each = local.access

  organization_id = logto_organization.this[each.value.organization].id
  application_id  = each.value.application_id
  role_ids        = [for r in each.value.roles : logto_organization_role.this[r].id]
}
