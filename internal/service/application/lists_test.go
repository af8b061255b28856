// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func listAll(kind string) string {
	return "list \"" + kind + "\" \"all\" {\n  provider         = logto\n  include_resource = true\n  limit            = 1000\n}\n"
}

// What is set for applications is listed where something is set: not of an
// application that was left alone, nor of one whose settings were cleared.
func TestAccApplicationSettingLists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.Start(t)
	made := func(thirdParty bool) string {
		return newApplication(t, target, map[string]any{"name": target.Name, "type": "SPA", "isThirdParty": thirdParty})
	}
	set, cleared, blank := made(true), made(true), made(false)
	for _, app := range []string{set, cleared} {
		at := "/api/applications/" + app
		target.Do(t, http.MethodPost, at+"/user-consent-scopes", map[string]any{"userScopes": []string{"email"}})
		target.Do(t, http.MethodPut, at+"/sign-in-experience", map[string]any{"color": map[string]any{"isDarkModeEnabled": false}})
	}
	target.Do(t, http.MethodDelete, "/api/applications/"+cleared+"/user-consent-scopes/user-scopes/email", nil)
	target.Do(t, http.MethodPut, "/api/applications/"+cleared+"/sign-in-experience", map[string]any{"color": map[string]any{}})
	_, answer := target.Do(t, http.MethodPost, "/api/users", map[string]any{"name": target.Name})
	user, _ := answer.(map[string]any)["id"].(string)
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/users/"+user, nil) })
	target.Do(t, http.MethodPut, "/api/applications/"+set+"/access-control", map[string]any{
		"userIds": []string{user}, "userRoleIds": []string{}, "organizationIds": []string{}, "organizationRoleRules": []any{}})

	const access, signIn, consent = "logto_application_access_control", "logto_application_sign_in_experience", "logto_application_user_consent_scopes"
	var checks []querycheck.QueryResultCheck
	identity := func(app string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"application_id": knownvalue.StringExact(app)}
	}
	for kind, want := range map[string]querycheck.KnownValueCheck{
		access:  {Path: tfjsonpath.New("user_ids"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(user)})},
		signIn:  {Path: tfjsonpath.New("color").AtMapKey("is_dark_mode_enabled"), KnownValue: knownvalue.Bool(false)},
		consent: {Path: tfjsonpath.New("user_scopes"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("email")})},
	} {
		checks = append(checks,
			querycheck.ExpectResourceKnownValues(kind+".all", queryfilter.ByResourceIdentity(identity(set)), []querycheck.KnownValueCheck{want}),
			querycheck.ExpectNoIdentity(kind+".all", identity(cleared)), querycheck.ExpectNoIdentity(kind+".all", identity(blank)))
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: listAll(access) + listAll(signIn) + listAll(consent), QueryResultChecks: checks,
	}}})
}

// The domains of all protected applications are listed.
func TestAccApplicationCustomDomainList(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.StartCloud(t)
	made := func(domain string) map[string]knownvalue.Check {
		app := newApplication(t, target, map[string]any{"name": domain, "type": "Protected",
			"protectedAppMetadata": map[string]any{"subDomain": domain, "origin": "https://www.example.com"}})
		target.Do(t, http.MethodPost, "/api/applications/"+app+"/protected-app-metadata/custom-domains", map[string]any{"domain": domain + ".example.com"})
		return map[string]knownvalue.Check{"application_id": knownvalue.StringExact(app), "domain": knownvalue.StringExact(domain + ".example.com")}
	}
	newApplication(t, target, map[string]any{"name": "none", "type": "SPA"})
	const list = "logto_application_custom_domain.all"
	first, second := made("shop"), made("blog")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: listAll("logto_application_custom_domain"),
		QueryResultChecks: []querycheck.QueryResultCheck{
			querycheck.ExpectLength(list, 2), querycheck.ExpectIdentity(list, first), querycheck.ExpectIdentity(list, second),
		},
	}}})
}
