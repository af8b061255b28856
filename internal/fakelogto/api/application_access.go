// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// Who may use an application: users, roles, organizations, and roles in organizations.
var (
	accessUsers = engine.Relation("application_access_control_user_relations",
		engine.RefTo("applicationId", applications), engine.RefTo("userId", users))
	accessRoles         = roleRelation("application_access_control_user_role_relations", engine.RefTo("applicationId", applications), userRole)
	accessOrganizations = engine.Relation("application_access_control_organization_relations",
		engine.RefTo("applicationId", applications), engine.RefTo("organizationId", organizations))
	accessOrganizationRoles = userOrganizationRoles()
)

func userOrganizationRoles() *engine.Collection {
	c := engine.Relation("application_access_control_org_role_relations", engine.RefTo("applicationId", applications),
		engine.RefTo("organizationId", organizations), engine.RefTo("organizationRoleId", organizationRoles))
	c.Checks = []engine.Check{typeIs(organizationRoles, "organizationRoleId", userRole)}
	return c
}

func accessRelations() []*engine.Collection {
	return []*engine.Collection{accessUsers, accessRoles, accessOrganizations, accessOrganizationRoles}
}

func hasAccessRules(db *engine.Store, applicationID string) bool {
	return slices.ContainsFunc(accessRelations(), func(relation *engine.Collection) bool {
		return db.Count(relation, "applicationId", applicationID) > 0
	})
}

func accessControlRoutes(r *engine.Routes) {
	r.Get("/applications/{applicationId}/access-control", getAccessControl)
	r.Put("/applications/{applicationId}/access-control", 200, putAccessControl)
}

func getAccessControl(c *engine.Context) (any, error) {
	id := c.Param("applicationId")
	if _, err := c.DB.Get(applications, id); err != nil {
		return nil, err
	}
	sorted := func(relation *engine.Collection, key string) []string {
		return slices.Sorted(slices.Values(engine.Column(c.DB.Where(relation, "applicationId", id), key)))
	}
	byOrganization := map[string][]string{}
	for _, row := range c.DB.Where(accessOrganizationRoles, "applicationId", id) {
		organization := row.Str("organizationId")
		byOrganization[organization] = append(byOrganization[organization], row.Str("organizationRoleId"))
	}
	rules := []engine.Object{}
	for organization, roleIDs := range byOrganization {
		slices.Sort(roleIDs)
		rules = append(rules, engine.Object{{"organizationId", organization}, {"organizationRoleIds", roleIDs}})
	}
	slices.SortFunc(rules, func(a, b engine.Object) int {
		return strings.Compare(a.Str("organizationId"), b.Str("organizationId"))
	})
	return engine.Object{
		{"userIds", sorted(accessUsers, "userId")},
		{"userRoleIds", sorted(accessRoles, "roleId")},
		{"organizationIds", sorted(accessOrganizations, "organizationId")},
		{"organizationRoleRules", rules},
	}, nil
}

const (
	maxAccessRaw  = 2000
	maxAccessKept = 1000 // after repeated ones are dropped
)

var accessBody = engine.Fields(
	engine.Required("userIds", engine.Array(engine.String()).Max(maxAccessRaw)),
	engine.Required("userRoleIds", engine.Array(engine.String()).Max(maxAccessRaw)),
	engine.Required("organizationIds", engine.Array(engine.String()).Max(maxAccessRaw)),
	engine.Required("organizationRoleRules", engine.Array(engine.Fields(
		engine.Required("organizationId", engine.String()),
		engine.Required("organizationRoleIds", engine.Array(engine.String()).Max(maxAccessRaw)),
	)).Max(maxAccessRaw)),
)

// keptAccess drops what is repeated and joins the rules of one organization.
func keptAccess(in engine.Object) engine.Object {
	out := engine.Object{}
	for _, key := range []string{"userIds", "userRoleIds", "organizationIds"} {
		out = append(out, engine.Member{key, engine.ToList(engine.Distinct(in.Strs(key)))})
	}
	rules := []any{}
	at := map[string]int{}
	for _, v := range in.List("organizationRoleRules") {
		rule, _ := v.(engine.Object)
		organization, roleIDs := rule.Str("organizationId"), rule.Strs("organizationRoleIds")
		i, ok := at[organization]
		if !ok {
			i = len(rules)
			at[organization] = i
			rules = append(rules, engine.Object{})
		}
		before, _ := rules[i].(engine.Object)
		rules[i] = engine.Object{
			{"organizationId", organization},
			{"organizationRoleIds", engine.ToList(engine.Distinct(append(before.Strs("organizationRoleIds"), roleIDs...)))},
		}
	}
	return append(out, engine.Member{"organizationRoleRules", rules})
}

func putAccessControl(c *engine.Context) (any, error) {
	raw, err := c.Input(accessBody)
	if err != nil {
		return nil, err
	}
	in := keptAccess(raw)
	var limits engine.Issues
	for _, m := range in {
		if len(in.List(m.Key)) > maxAccessKept {
			limits.TooBig(engine.Path{m.Key}, "array", maxAccessKept, "This has room for %d elements")
		}
	}
	if len(limits) > 0 {
		return nil, engine.InvalidInput(limits, "body")
	}
	id := c.Param("applicationId")
	some := len(in.List("userIds"))+len(in.List("userRoleIds"))+len(in.List("organizationIds")) > 0
	var roleLinks []engine.Object
	for _, v := range in.List("organizationRoleRules") {
		rule, _ := v.(engine.Object)
		roleIDs := rule.Strs("organizationRoleIds")
		if len(roleIDs) == 0 {
			return nil, engine.InvalidRequest(422, "a rule for an organization needs at least one role")
		}
		some = true
		for _, roleID := range roleIDs {
			roleLinks = append(roleLinks, engine.Object{
				{"applicationId", id}, {"organizationId", rule.Str("organizationId")}, {"organizationRoleId", roleID},
			})
		}
	}
	app, err := c.DB.Get(applications, id)
	if err != nil {
		return nil, err
	}
	if app.Flag("appLevelAccessControlEnabled") && !some {
		return nil, engine.InvalidRequest(422, "access control must include at least one rule while it is enabled")
	}
	links := func(key, column string) []engine.Object {
		return engine.Map(in.Strs(key), func(v string) engine.Object { return engine.Object{{"applicationId", id}, {column, v}} })
	}
	err = c.DB.Atomically(func() error {
		for _, change := range []struct {
			relation *engine.Collection
			rows     []engine.Object
		}{
			{accessUsers, links("userIds", "userId")},
			{accessRoles, links("userRoleIds", "roleId")},
			{accessOrganizations, links("organizationIds", "organizationId")},
			{accessOrganizationRoles, roleLinks},
		} {
			if err := c.DB.Replace(change.relation, "applicationId", id, change.rows); err != nil {
				return err
			}
		}
		return nil
	})
	return in, err
}
