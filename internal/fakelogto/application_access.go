// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
	"strings"
)

// Who may use an application: users, roles, organizations, and roles in organizations.
var (
	accessUsers = relation("application_access_control_user_relations",
		refTo("applicationId", applications), refTo("userId", users))
	accessRoles         = roleRelation("application_access_control_user_role_relations", refTo("applicationId", applications), userRole)
	accessOrganizations = relation("application_access_control_organization_relations",
		refTo("applicationId", applications), refTo("organizationId", organizations))
	accessOrganizationRoles = userOrganizationRoles()
)

func userOrganizationRoles() *collection {
	c := relation("application_access_control_org_role_relations", refTo("applicationId", applications),
		refTo("organizationId", organizations), refTo("organizationRoleId", organizationRoles))
	c.checks = []check{typeIs(organizationRoles, "organizationRoleId", userRole)}
	return c
}

func accessRelations() []*collection {
	return []*collection{accessUsers, accessRoles, accessOrganizations, accessOrganizationRoles}
}

func hasAccessRules(db *store, applicationID string) bool {
	return slices.ContainsFunc(accessRelations(), func(relation *collection) bool {
		return db.count(relation, "applicationId", applicationID) > 0
	})
}

func accessControlRoutes(r *routes) {
	r.get("/applications/{applicationId}/access-control", getAccessControl)
	r.put("/applications/{applicationId}/access-control", 200, putAccessControl)
}

func getAccessControl(c *call) (any, error) {
	id := c.param("applicationId")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	sorted := func(relation *collection, key string) []string {
		return slices.Sorted(slices.Values(column(c.db.where(relation, "applicationId", id), key)))
	}
	byOrganization := map[string][]string{}
	for _, row := range c.db.where(accessOrganizationRoles, "applicationId", id) {
		organization := row.str("organizationId")
		byOrganization[organization] = append(byOrganization[organization], row.str("organizationRoleId"))
	}
	rules := []object{}
	for organization, roleIDs := range byOrganization {
		slices.Sort(roleIDs)
		rules = append(rules, object{{"organizationId", organization}, {"organizationRoleIds", roleIDs}})
	}
	slices.SortFunc(rules, func(a, b object) int {
		return strings.Compare(a.str("organizationId"), b.str("organizationId"))
	})
	return object{
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

var accessBody = fields(
	required("userIds", array(str()).max(maxAccessRaw)),
	required("userRoleIds", array(str()).max(maxAccessRaw)),
	required("organizationIds", array(str()).max(maxAccessRaw)),
	required("organizationRoleRules", array(fields(
		required("organizationId", str()),
		required("organizationRoleIds", array(str()).max(maxAccessRaw)),
	)).max(maxAccessRaw)),
)

// keptAccess drops what is repeated and joins the rules of one organization.
func keptAccess(in object) object {
	out := object{}
	for _, key := range []string{"userIds", "userRoleIds", "organizationIds"} {
		out = append(out, member{key, toList(distinct(in.strs(key)))})
	}
	rules := []any{}
	at := map[string]int{}
	for _, v := range in.list("organizationRoleRules") {
		rule, _ := v.(object)
		organization, roleIDs := rule.str("organizationId"), rule.strs("organizationRoleIds")
		i, ok := at[organization]
		if !ok {
			i = len(rules)
			at[organization] = i
			rules = append(rules, object{})
		}
		before, _ := rules[i].(object)
		rules[i] = object{
			{"organizationId", organization},
			{"organizationRoleIds", toList(distinct(append(before.strs("organizationRoleIds"), roleIDs...)))},
		}
	}
	return append(out, member{"organizationRoleRules", rules})
}

func putAccessControl(c *call) (any, error) {
	raw, err := c.input(accessBody)
	if err != nil {
		return nil, err
	}
	in := keptAccess(raw)
	var limits issues
	for _, m := range in {
		if len(in.list(m.key)) > maxAccessKept {
			limits.tooBig(path{m.key}, "array", maxAccessKept, "This has room for %d elements")
		}
	}
	if len(limits) > 0 {
		return nil, invalidInput(limits, "body")
	}
	id := c.param("applicationId")
	some := len(in.list("userIds"))+len(in.list("userRoleIds"))+len(in.list("organizationIds")) > 0
	var roleLinks []object
	for _, v := range in.list("organizationRoleRules") {
		rule, _ := v.(object)
		roleIDs := rule.strs("organizationRoleIds")
		if len(roleIDs) == 0 {
			return nil, invalidRequest(422, "a rule for an organization needs at least one role")
		}
		some = true
		for _, roleID := range roleIDs {
			roleLinks = append(roleLinks, object{
				{"applicationId", id}, {"organizationId", rule.str("organizationId")}, {"organizationRoleId", roleID},
			})
		}
	}
	app, err := c.db.get(applications, id)
	if err != nil {
		return nil, err
	}
	if app.flag("appLevelAccessControlEnabled") && !some {
		return nil, invalidRequest(422, "access control must include at least one rule while it is enabled")
	}
	links := func(key, column string) []object {
		return mapped(in.strs(key), func(v string) object { return object{{"applicationId", id}, {column, v}} })
	}
	err = c.db.atomically(func() error {
		for _, change := range []struct {
			relation *collection
			rows     []object
		}{
			{accessUsers, links("userIds", "userId")},
			{accessRoles, links("userRoleIds", "roleId")},
			{accessOrganizations, links("organizationIds", "organizationId")},
			{accessOrganizationRoles, roleLinks},
		} {
			if err := c.db.replace(change.relation, "applicationId", id, change.rows); err != nil {
				return err
			}
		}
		return nil
	})
	return in, err
}
