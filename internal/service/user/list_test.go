// SPDX-License-Identifier: MPL-2.0

package user_test

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

func TestAccUserLists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.Start(t)
	user := newUser(t, target)
	_, answer := target.Do(t, http.MethodPost, "/api/roles", map[string]any{"name": target.Name, "description": "A test role."})
	role := answer.(map[string]any)["id"].(string)
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/roles/"+role, nil) })
	for path, body := range map[string]any{
		"/roles":                  map[string]any{"roleIds": []string{role}},
		"/personal-access-tokens": map[string]any{"name": "a/b"},
	} {
		target.Do(t, http.MethodPost, "/api/users/"+user+path, body)
	}
	target.Do(t, http.MethodPut, "/api/users/"+user+"/identities/github", map[string]any{"userId": target.Name})
	target.Do(t, http.MethodPatch, "/api/users/"+user, map[string]any{"name": "Jane " + target.Name})
	target.Do(t, http.MethodPatch, "/api/users/"+user+"/logto-configs", map[string]any{"mfa": map[string]any{"enabled": true}})

	id := map[string]knownvalue.Check{"id": knownvalue.StringExact(user)}
	part := func(name, value string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"user_id": knownvalue.StringExact(user), name: knownvalue.StringExact(value)}
	}
	list := func(kind string) string {
		return "list \"logto_" + kind + "\" \"all\" {\n  provider = logto\n  include_resource = true\n  config {\n    user_id = \"" + user + "\"\n  }\n}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true,
		Config: "list \"logto_user\" \"all\" {\n  provider = logto\n  include_resource = true\n  limit = 1000\n}\n" +
			list("user_role") + list("user_identity") + list("personal_access_token"),
		QueryResultChecks: []querycheck.QueryResultCheck{
			querycheck.ExpectIdentity("logto_user.all", id),
			querycheck.ExpectResourceDisplayName("logto_user.all", queryfilter.ByResourceIdentity(id), knownvalue.StringExact("Jane "+target.Name)),
			querycheck.ExpectResourceKnownValues("logto_user.all", queryfilter.ByResourceIdentity(id), []querycheck.KnownValueCheck{
				{Path: tfjsonpath.New("role_ids"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(role)})},
				{Path: tfjsonpath.New("logto_configs").AtMapKey("mfa_enabled"), KnownValue: knownvalue.Bool(true)},
				{Path: tfjsonpath.New("password"), KnownValue: knownvalue.Null()},
			}),
			querycheck.ExpectLength("logto_user_role.all", 1),
			querycheck.ExpectIdentity("logto_user_role.all", part("role_id", role)),
			querycheck.ExpectLength("logto_user_identity.all", 1),
			querycheck.ExpectIdentity("logto_user_identity.all", part("target", "github")),
			querycheck.ExpectLength("logto_personal_access_token.all", 1),
			querycheck.ExpectIdentity("logto_personal_access_token.all", part("name", "a/b")),
		},
	}}})
}
