// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// The example of a whole tenant is applied, has nothing to change, is changed,
// is imported by another state with nothing to change, and leaves the tenant as
// it was.
func TestAccTenantExample(t *testing.T) {
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Parallel() // a real tenant has one sign-in experience
	}
	target := acctest.Start(t)
	target.Needs(t, "1.42")
	settings := target.Keep(t, "/api/sign-in-exp")
	target.Keep(t, "/api/account-center")
	target.Keep(t, "/api/configs/oidc/session")
	var fresh map[string]int
	if target.Server != nil {
		fresh = target.Server.Rows()
	}
	_, tenant, found := strings.Cut(read(t, root+"examples/tenant/main.tf"), "provider \"logto\" {}\n")
	if !found {
		t.Fatal("the example has no provider block")
	}
	changed := strings.NewReplacer(`primary_color        = "#0b6e4f"`, `primary_color        = "#123456"`, `"Member"`, `"Colleague"`, `min = 12`, `min = 14`).Replace(tenant)
	globex := config.Variables{
		"globex":        config.ObjectVariable(map[string]config.Variable{"issuer": config.StringVariable(startIssuer(t)), "client_id": config.StringVariable("logto")}),
		"globex_secret": config.StringVariable("secret"),
	}
	nothing := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	left := func(*terraform.State) error {
		if target.Server == nil {
			return nil
		}
		rows := target.Server.Rows()
		rows["logto_configs"] = fresh["logto_configs"] // a default that was set and put back is a row
		if diff := cmp.Diff(fresh, rows); diff != "" {
			return fmt.Errorf("rows before and after:\n%s", diff)
		}
		now := target.Get(t, "/api/sign-in-exp")
		for _, name := range []string{"adaptiveMfa", "captchaPolicy"} { // to Logto, what says nothing is off
			if policy, _ := now[name].(map[string]any); policy["enabled"] != true {
				now[name] = settings[name]
			}
		}
		if diff := cmp.Diff(settings, now); diff != "" {
			return fmt.Errorf("sign-in experience before and after:\n%s", diff)
		}
		return nil
	}
	var imports string
	target.Test(t, resource.TestCase{
		CheckDestroy: left,
		Steps: []resource.TestStep{
			{Config: tenant},
			{Config: changed, ConfigVariables: globex, Check: importsOf(t, &imports)},
			{Config: changed, ConfigVariables: globex, ConfigPlanChecks: nothing},
			{Config: changed, ConfigVariables: globex, Destroy: true, PreConfig: func() {
				// Another state, in a folder of its own, takes everything over and removes it.
				target.Test(t, resource.TestCase{
					CheckDestroy: left,
					Steps: []resource.TestStep{
						{Config: changed + imports, ConfigVariables: globex,
							ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{onlyImports{}}}},
						{Config: changed, ConfigVariables: globex, ConfigPlanChecks: nothing},
					},
				})
			}},
		},
	})
}

// importsOf writes an import block for each resource in the state.
func importsOf(t *testing.T, imports *string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		for address, r := range s.RootModule().Resources {
			_, key := importFormOf(t, root+filepath.FromSlash("examples/resources/"+r.Type))
			*imports += fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, importID(key, r))
		}
		return nil
	}
}

// onlyImports checks that a plan imports every resource and changes none.
type onlyImports struct{}

func (onlyImports) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	var wrong []error
	for _, r := range req.Plan.ResourceChanges {
		if r.Change.Importing == nil || !r.Change.Actions.NoOp() {
			wrong = append(wrong, fmt.Errorf("%s: %v from %v to %v", r.Address, r.Change.Actions, r.Change.Before, r.Change.After))
		}
	}
	if len(req.Plan.ResourceChanges) == 0 {
		wrong = append(wrong, errors.New("nothing is imported"))
	}
	resp.Error = errors.Join(wrong...)
}

// startIssuer starts an OpenID provider, as far as Logto looks when it is told of one.
func startIssuer(t *testing.T) string {
	t.Helper()
	var issuer *httptest.Server
	issuer = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": issuer.URL, "authorization_endpoint": issuer.URL, "token_endpoint": issuer.URL,
			"userinfo_endpoint": issuer.URL, "jwks_uri": issuer.URL})
	}))
	t.Cleanup(issuer.Close)
	return issuer.URL
}
