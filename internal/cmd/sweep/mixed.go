// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
)

// mixed is a configuration of about that many objects of mixed types. All names begin
// with the prefix.
func mixed(prefix string, objects int) string {
	n := max(objects/20, 1)
	return strings.NewReplacer("{p}", prefix, "{n}", fmt.Sprint(n), "{2n}", fmt.Sprint(2*n), "{3n}", fmt.Sprint(3*n)).Replace(`
resource "logto_application" "site" {
  count         = {3n}
  name          = "{p}-site-${count.index}"
  type          = count.index % 2 == 0 ? "SPA" : "Traditional"
  redirect_uris = ["https://{p}-${count.index}.example.com/callback"]
}
resource "logto_application" "machine" {
  count = {n}
  name  = "{p}-machine-${count.index}"
  type  = "MachineToMachine"
}
resource "logto_application_secret" "more" {
  count          = {n}
  application_id = logto_application.machine[count.index].id
  name           = "more"
}
resource "logto_api_resource" "api" {
  count     = {n}
  name      = "{p}-api-${count.index}"
  indicator = "https://{p}-${count.index}.api.example.com"
}
resource "logto_api_resource_scope" "read" {
  count       = {2n}
  resource_id = logto_api_resource.api[count.index % {n}].id
  name        = "read:${count.index}"
}
resource "logto_role" "user" {
  count       = {n}
  name        = "{p}-role-${count.index}"
  description = "A role."
  scope_ids   = [logto_api_resource_scope.read[count.index].id]
}
resource "logto_organization" "customer" {
  count = {2n}
  name  = "{p}-customer-${count.index}"
}
resource "logto_organization_scope" "invite" {
  count = {n}
  name  = "{p}-invite-${count.index}"
}
resource "logto_organization_role" "member" {
  count     = {n}
  name      = "{p}-member-${count.index}"
  scope_ids = [logto_organization_scope.invite[count.index].id]
}
resource "logto_user" "person" {
  count    = {2n}
  username = "{p}_person_${count.index}"
}
resource "logto_user_role" "person" {
  count   = {n}
  user_id = logto_user.person[count.index].id
  role_id = logto_role.user[count.index].id
}
resource "logto_organization_member" "person" {
  count           = {2n}
  organization_id = logto_organization.customer[count.index].id
  user_id         = logto_user.person[count.index].id
}
resource "logto_hook" "hook" {
  count  = {2n}
  name   = "{p}-hook-${count.index}"
  url    = "https://{p}-${count.index}.example.com/hook"
  events = ["User.Created"]
}
`)
}
