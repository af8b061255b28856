// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/kit/kittest"
)

// The example of a whole tenant is applied, has nothing to change, is changed,
// and leaves the tenant as it was.
func TestAccTenantExample(t *testing.T) {
	t.Parallel()
	target := kittest.StartMemory(t)
	fresh := target.Server.Rows()
	settings := target.Get(t, "/api/sign-in-exp")
	_, tenant, found := strings.Cut(read(t, root+"examples/tenant/main.tf"), "provider \"logto\" {}\n")
	if !found {
		t.Fatal("the example has no provider block")
	}
	changed := strings.NewReplacer(`primary_color        = "#0b6e4f"`, `primary_color        = "#123456"`, `"Member"`, `"Colleague"`, `min = 12`, `min = 14`).Replace(tenant)
	nothing := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: tenant},
			{Config: tenant, ConfigPlanChecks: nothing},
			{Config: changed},
			{Config: changed, ConfigPlanChecks: nothing},
		},
		CheckDestroy: func(*terraform.State) error {
			left := target.Server.Rows()
			left["logto_configs"] = fresh["logto_configs"] // a default that was set and put back is a row
			if diff := cmp.Diff(fresh, left); diff != "" {
				return fmt.Errorf("rows before and after:\n%s", diff)
			}
			now := target.Get(t, "/api/sign-in-exp")
			now["adaptiveMfa"] = settings["adaptiveMfa"] // Logto says it is off whenever mfa is written
			if diff := cmp.Diff(settings, now); diff != "" {
				return fmt.Errorf("sign-in experience before and after:\n%s", diff)
			}
			return nil
		},
	})
}
