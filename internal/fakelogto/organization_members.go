// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

var (
	organizationUsers = relation("organization_user_relations",
		refTo("organizationId", organizations), refTo("userId", users))
	organizationApplications = memberRelation(relation("organization_application_relations",
		refTo("organizationId", organizations), refTo("applicationId", applications)),
		typeIs(applications, "applicationId", machineApp))
	organizationRoleUsers = memberRelation(relation("organization_role_user_relations",
		ref{columns: []string{"organizationId", "userId"}, to: organizationUsers},
		refTo("organizationRoleId", organizationRoles)),
		typeIs(organizationRoles, "organizationRoleId", userRole))
	organizationRoleApplications = memberRelation(relation("organization_role_application_relations",
		ref{columns: []string{"organizationId", "applicationId"}, to: organizationApplications},
		refTo("organizationRoleId", organizationRoles)),
		typeIs(organizationRoles, "organizationRoleId", machineRole))
)

func memberRelations() []*collection {
	return []*collection{
		organizationUsers, organizationApplications, organizationRoleUsers, organizationRoleApplications,
	}
}

func memberRelation(c *collection, ok check) *collection {
	c.checks = []check{ok}
	return c
}

// memberKind is what users and applications in an organization differ in.
type memberKind struct {
	segment string // of the path
	column  string // plus "s" the list in the bodies
	of      *collection
	roles   *collection
	list    handler
	echo    bool // the addition answers with its body
	byName  bool // roles can be given by name, and none at all
}

func userMembers() memberKind {
	return memberKind{
		segment: "users", column: "userId", of: organizationUsers, roles: organizationRoleUsers,
		list: listOrganizationUsers, echo: true, byName: true,
	}
}

func applicationMembers() memberKind {
	return memberKind{
		segment: "applications", column: "applicationId", of: organizationApplications, roles: organizationRoleApplications,
		list: listOrganizationApplications,
	}
}

// memberRoutes registers the members of organizations and their roles. A missing
// organization has no members to list, and can be cleared.
func memberRoutes(r *routes, kind memberKind) {
	path := "/organizations/{id}/" + kind.segment
	member := path + "/{" + kind.column + "}"
	body := kind.column + "s"

	r.get(path, kind.list).paged(alwaysPaged)
	r.post(path, 201, func(c *call) (any, error) {
		in, err := c.input(fields(required(body, ids().nonEmpty())))
		if err != nil {
			return nil, err
		}
		err = c.db.linkAll(kind.of, object{{"organizationId", c.param("id")}}, kind.column, in.strs(body))
		if err != nil || !kind.echo || c.server.before("1.39") {
			return nil, err
		}
		return in, nil
	})
	r.put(path, 204, func(c *call) (any, error) {
		in, err := c.input(fields(required(body, ids())))
		if err != nil {
			return nil, err
		}
		id, wanted := c.param("id"), in.strs(body)
		if !c.server.before("1.40") {
			wanted = distinct(wanted)
		}
		rows := linkRows(object{{"organizationId", id}}, kind.column, wanted)
		return nil, c.db.replace(kind.of, "organizationId", id, rows)
	})
	r.delete(member, func(c *call) (any, error) {
		return nil, c.db.remove(kind.of, c.param("id"), c.param(kind.column))
	})
	r.post(path+"/roles", 201, kind.addRoles)

	r.get(member+"/roles", kind.forMember(kind.listRoles)).paged(optionalPages)
	r.post(member+"/roles", 201, kind.forMember(kind.addMemberRoles))
	r.put(member+"/roles", 204, kind.forMember(kind.replaceMemberRoles))
	r.delete(member+"/roles/{organizationRoleId}", kind.forMember(func(c *call) (any, error) {
		return nil, c.db.remove(kind.roles, c.param("id"), c.param(kind.column), c.param("organizationRoleId"))
	}))
	if kind.segment == "users" {
		r.get(member+"/scopes", listMemberScopes)
	}
}

// forMember refuses who is no member before anything else of the request is looked at.
func (k memberKind) forMember(h handler) handler {
	return func(c *call) (any, error) {
		if !c.db.exists(k.of, c.param("id"), c.param(k.column)) {
			return nil, fail(422, "organization.require_membership")
		}
		return h(c)
	}
}

// rolesOf are the organization roles of a member.
func (k memberKind) rolesOf(db *store, organizationID, memberID string) []object {
	key := joined([]string{organizationID, memberID})
	return linked(db, k.roles, "organizationId,"+k.column, key, "organizationRoleId", organizationRoles)
}

// roleNames are the organization roles of a member as other objects embed them.
func (k memberKind) roleNames(db *store, organizationID, memberID string) []object {
	rows := k.rolesOf(db, organizationID, memberID)
	slices.SortFunc(rows, byText("name"))
	return pickEach(rows, "id", "name")
}

func (k memberKind) addRoles(c *call) (any, error) {
	in, err := c.input(fields(
		required(k.column+"s", ids().nonEmpty()), required("organizationRoleIds", ids().nonEmpty()),
	))
	if err != nil {
		return nil, err
	}
	return nil, c.db.atomically(func() error {
		for _, id := range in.strs(k.column + "s") {
			fixed := object{{"organizationId", c.param("id")}, {k.column, id}}
			if err := c.db.link(k.roles, fixed, "organizationRoleId", in.strs("organizationRoleIds")); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k memberKind) listRoles(c *call) (any, error) {
	return c.list(k.rolesOf(c.db, c.param("id"), c.param(k.column)))
}

// wantedRoles reads the roles that a member shall have.
func (k memberKind) wantedRoles(c *call) ([]string, error) {
	if !k.byName {
		in, err := c.input(fields(required("organizationRoleIds", ids().nonEmpty())))
		return in.strs("organizationRoleIds"), err
	}
	in, err := c.input(fields(maybe("organizationRoleIds", ids()), maybe("organizationRoleNames", ids())))
	if err != nil {
		return nil, err
	}
	wanted := in.strs("organizationRoleIds")
	for _, name := range in.strs("organizationRoleNames") {
		role, ok := c.db.findUnique(organizationRoles, []string{"name"}, name)
		if !ok {
			return nil, fail(422, "organization.role_names_not_found")
		}
		wanted = append(wanted, role.str("id"))
	}
	return distinct(wanted), nil
}

func (k memberKind) fixed(c *call) object {
	return object{{"organizationId", c.param("id")}, {k.column, c.param(k.column)}}
}

func (k memberKind) addMemberRoles(c *call) (any, error) {
	wanted, err := k.wantedRoles(c)
	if err != nil {
		return nil, err
	}
	if len(wanted) == 0 && c.server.before("1.43") {
		return nil, emptyValues()
	}
	err = c.db.linkAll(k.roles, k.fixed(c), "organizationRoleId", wanted)
	if err != nil || !k.byName || c.server.before("1.39") {
		return nil, err
	}
	return object{{"organizationRoleIds", wanted}}, nil
}

// replaceMemberRoles clears the roles of a user who shall have none; an application
// cannot be cleared so.
func (k memberKind) replaceMemberRoles(c *call) (any, error) {
	wanted, err := k.wantedRoles(c)
	if err != nil {
		return nil, err
	}
	key := joined([]string{c.param("id"), c.param(k.column)})
	return nil, c.db.replace(k.roles, "organizationId,"+k.column, key, linkRows(k.fixed(c), "organizationRoleId", wanted))
}

func listOrganizationUsers(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("q", str()), maybe("organizationRoleId", text1(0))))
	if err != nil {
		return nil, err
	}
	id, roleID := c.param("id"), query.str("organizationRoleId")
	members := filtered(linked(c.db, organizationUsers, "organizationId", id, "userId", users),
		keyword(query.str("q"), userSearchColumns()...))
	if roleID != "" && !c.server.before("1.41") {
		members = filtered(members, func(user object) bool {
			return c.db.exists(organizationRoleUsers, id, user.str("id"), roleID)
		})
	}
	slices.SortFunc(members, byText("id"))
	rows, err := users.answersAll(c.pageOf(members))
	if err != nil {
		return nil, err
	}
	return mapped(rows, func(user object) object {
		return userInfo(user).with("organizationRoles", userMembers().roleNames(c.db, id, user.str("id")))
	}), nil
}

func listOrganizationApplications(c *call) (any, error) {
	keep, err := c.keywordQuery("id", "name", "description")
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	rows, err := c.pageOf(filtered(linked(c.db, organizationApplications, "organizationId", id, "applicationId", applications), keep))
	if err != nil {
		return nil, err
	}
	return mapped(rows, func(app object) object {
		names := applicationMembers().roleNames(c.db, id, app.str("id"))
		return c.applicationView(app).with("organizationRoles", names)
	}), nil
}

// listMemberScopes answers an empty list for who is no member.
func listMemberScopes(c *call) (any, error) {
	byID := map[string]object{}
	for _, role := range userMembers().rolesOf(c.db, c.param("id"), c.param("userId")) {
		of := linked(c.db, organizationRoleScopes, "organizationRoleId", role.str("id"), "organizationScopeId", organizationScopes)
		for _, scope := range of {
			byID[scope.str("id")] = scope
		}
	}
	out := make([]object, 0, len(byID))
	for _, scope := range byID {
		out = append(out, scope)
	}
	slices.SortFunc(out, byText("id"))
	return out, nil
}

// organizationsOfUser belongs to the routes of users.
func organizationsOfUser(c *call) (any, error) {
	userID := c.param("userId")
	if _, err := found(c.db, users, userID); err != nil {
		return nil, err
	}
	rows := linked(c.db, organizationUsers, "userId", userID, "organizationId", organizations)
	return mapped(rows, func(row object) object {
		return row.with("organizationRoles", userMembers().roleNames(c.db, row.str("id"), userID))
	}), nil
}
