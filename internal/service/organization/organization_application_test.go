// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const plainApplication = `
resource "logto_organization_application" "test" {
  organization_id = logto_organization.test.id
  application_id  = logto_application.test.id
}`

var applicationLife = acctest.Lifecycle{
	Resource: "logto_organization_application.test",
	Setup:    company,
	Minimal:  plainApplication,
	Full: strings.Replace(plainApplication, "\n}", `
  role_ids        = [logto_organization_role.machine.id]
}`, 1),
	Remove:   "DELETE /api/organizations/{organization_id}/applications/{application_id}",
	Parent:   "/api/organizations/{organization_id}",
	ImportID: "{organization_id}/{application_id}",
}

func TestAccOrganizationApplication(t *testing.T) { applicationLife.Run(t) }

func TestAccOrganizationApplication_faults(t *testing.T) { applicationLife.Faults(t) }
