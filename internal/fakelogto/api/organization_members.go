// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var (
	organizationUsers = engine.Relation("organization_user_relations",
		engine.RefTo("organizationId", organizations), engine.RefTo("userId", users))
	organizationApplications = memberRelation(engine.Relation("organization_application_relations",
		engine.RefTo("organizationId", organizations), engine.RefTo("applicationId", applications)),
		typeIs(applications, "applicationId", machineApp))
	organizationRoleUsers = memberRelation(engine.Relation("organization_role_user_relations",
		engine.Ref{Columns: []string{"organizationId", "userId"}, To: organizationUsers},
		engine.RefTo("organizationRoleId", organizationRoles)),
		typeIs(organizationRoles, "organizationRoleId", userRole))
	organizationRoleApplications = memberRelation(engine.Relation("organization_role_application_relations",
		engine.Ref{Columns: []string{"organizationId", "applicationId"}, To: organizationApplications},
		engine.RefTo("organizationRoleId", organizationRoles)),
		typeIs(organizationRoles, "organizationRoleId", machineRole))
)

func memberRelations() []*engine.Collection {
	return []*engine.Collection{
		organizationUsers, organizationApplications, organizationRoleUsers, organizationRoleApplications,
	}
}

func memberRelation(c *engine.Collection, ok engine.Check) *engine.Collection {
	c.Checks = []engine.Check{ok}
	return c
}

// memberKind is what users and applications in an organization differ in.
type memberKind struct {
	segment string // of the path
	column  string // plus "s" the list in the bodies
	of      *engine.Collection
	roles   *engine.Collection
	list    engine.Handler
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
func memberRoutes(r *engine.Routes, kind memberKind) {
	path := "/organizations/{id}/" + kind.segment
	member := path + "/{" + kind.column + "}"
	body := kind.column + "s"

	r.Get(path, kind.list).Paged(engine.AlwaysPaged)
	r.Post(path, 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required(body, engine.IDs().NonEmpty())))
		if err != nil {
			return nil, err
		}
		err = c.DB.LinkAll(kind.of, engine.Object{{"organizationId", c.Param("id")}}, kind.column, in.Strs(body))
		if err != nil || !kind.echo || c.Server.Before("1.39") {
			return nil, err
		}
		return in, nil
	})
	r.Put(path, 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required(body, engine.IDs())))
		if err != nil {
			return nil, err
		}
		id, wanted := c.Param("id"), in.Strs(body)
		if !c.Server.Before("1.40") {
			wanted = engine.Distinct(wanted)
		}
		rows := engine.LinkRows(engine.Object{{"organizationId", id}}, kind.column, wanted)
		return nil, c.DB.Replace(kind.of, "organizationId", id, rows)
	})
	r.Delete(member, func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(kind.of, c.Param("id"), c.Param(kind.column))
	})
	r.Post(path+"/roles", 201, kind.addRoles)

	r.Get(member+"/roles", kind.forMember(kind.listRoles)).Paged(engine.OptionalPages)
	r.Post(member+"/roles", 201, kind.forMember(kind.addMemberRoles))
	r.Put(member+"/roles", 204, kind.forMember(kind.replaceMemberRoles))
	r.Delete(member+"/roles/{organizationRoleId}", kind.forMember(func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(kind.roles, c.Param("id"), c.Param(kind.column), c.Param("organizationRoleId"))
	}))
	if kind.segment == "users" {
		r.Get(member+"/scopes", listMemberScopes)
	}
}

// forMember refuses who is no member before anything else of the request is looked at.
func (k memberKind) forMember(h engine.Handler) engine.Handler {
	return func(c *engine.Context) (any, error) {
		if !c.DB.Exists(k.of, c.Param("id"), c.Param(k.column)) {
			return nil, engine.Fail(422, "organization.require_membership")
		}
		return h(c)
	}
}

// rolesOf are the organization roles of a member.
func (k memberKind) rolesOf(db *engine.Store, organizationID, memberID string) []engine.Object {
	key := engine.Joined([]string{organizationID, memberID})
	return engine.Linked(db, k.roles, "organizationId,"+k.column, key, "organizationRoleId", organizationRoles)
}

// roleNames are the organization roles of a member as other objects embed them.
func (k memberKind) roleNames(db *engine.Store, organizationID, memberID string) []engine.Object {
	rows := k.rolesOf(db, organizationID, memberID)
	slices.SortFunc(rows, engine.ByText("name"))
	return engine.PickEach(rows, "id", "name")
}

func (k memberKind) addRoles(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(
		engine.Required(k.column+"s", engine.IDs().NonEmpty()), engine.Required("organizationRoleIds", engine.IDs().NonEmpty()),
	))
	if err != nil {
		return nil, err
	}
	return nil, c.DB.Atomically(func() error {
		for _, id := range in.Strs(k.column + "s") {
			fixed := engine.Object{{"organizationId", c.Param("id")}, {k.column, id}}
			if err := c.DB.Link(k.roles, fixed, "organizationRoleId", in.Strs("organizationRoleIds")); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k memberKind) listRoles(c *engine.Context) (any, error) {
	return c.List(k.rolesOf(c.DB, c.Param("id"), c.Param(k.column)))
}

// wantedRoles reads the roles that a member shall have.
func (k memberKind) wantedRoles(c *engine.Context) ([]string, error) {
	if !k.byName {
		in, err := c.Input(engine.Fields(engine.Required("organizationRoleIds", engine.IDs().NonEmpty())))
		return in.Strs("organizationRoleIds"), err
	}
	in, err := c.Input(engine.Fields(engine.Maybe("organizationRoleIds", engine.IDs()), engine.Maybe("organizationRoleNames", engine.IDs())))
	if err != nil {
		return nil, err
	}
	wanted := in.Strs("organizationRoleIds")
	for _, name := range in.Strs("organizationRoleNames") {
		role, ok := c.DB.FindUnique(organizationRoles, []string{"name"}, name)
		if !ok {
			return nil, engine.Fail(422, "organization.role_names_not_found")
		}
		wanted = append(wanted, role.Str("id"))
	}
	return engine.Distinct(wanted), nil
}

func (k memberKind) fixed(c *engine.Context) engine.Object {
	return engine.Object{{"organizationId", c.Param("id")}, {k.column, c.Param(k.column)}}
}

func (k memberKind) addMemberRoles(c *engine.Context) (any, error) {
	wanted, err := k.wantedRoles(c)
	if err != nil {
		return nil, err
	}
	if len(wanted) == 0 && c.Server.Before("1.43") {
		return nil, engine.EmptyValues()
	}
	err = c.DB.LinkAll(k.roles, k.fixed(c), "organizationRoleId", wanted)
	if err != nil || !k.byName || c.Server.Before("1.39") {
		return nil, err
	}
	return engine.Object{{"organizationRoleIds", wanted}}, nil
}

// replaceMemberRoles clears the roles of a user who shall have none; an application
// cannot be cleared so.
func (k memberKind) replaceMemberRoles(c *engine.Context) (any, error) {
	wanted, err := k.wantedRoles(c)
	if err != nil {
		return nil, err
	}
	key := engine.Joined([]string{c.Param("id"), c.Param(k.column)})
	return nil, c.DB.Replace(k.roles, "organizationId,"+k.column, key, engine.LinkRows(k.fixed(c), "organizationRoleId", wanted))
}

func listOrganizationUsers(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("q", engine.String()), engine.Maybe("organizationRoleId", engine.Text(0))))
	if err != nil {
		return nil, err
	}
	id, roleID := c.Param("id"), query.Str("organizationRoleId")
	members := engine.Filter(engine.Linked(c.DB, organizationUsers, "organizationId", id, "userId", users),
		engine.Keyword(query.Str("q"), userSearchColumns()...))
	if roleID != "" && !c.Server.Before("1.41") {
		members = engine.Filter(members, func(user engine.Object) bool {
			return c.DB.Exists(organizationRoleUsers, id, user.Str("id"), roleID)
		})
	}
	slices.SortFunc(members, engine.ByText("id"))
	rows, err := users.AnswersAll(c.PageOf(members))
	if err != nil {
		return nil, err
	}
	return engine.Map(rows, func(user engine.Object) engine.Object {
		return userInfo(user).With("organizationRoles", userMembers().roleNames(c.DB, id, user.Str("id")))
	}), nil
}

func listOrganizationApplications(c *engine.Context) (any, error) {
	keep, err := keywordQuery(c, "id", "name", "description")
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	rows, err := c.PageOf(engine.Filter(engine.Linked(c.DB, organizationApplications, "organizationId", id, "applicationId", applications), keep))
	if err != nil {
		return nil, err
	}
	return engine.Map(rows, func(app engine.Object) engine.Object {
		names := applicationMembers().roleNames(c.DB, id, app.Str("id"))
		return applicationView(c, app).With("organizationRoles", names)
	}), nil
}

// listMemberScopes answers an empty list for who is no member.
func listMemberScopes(c *engine.Context) (any, error) {
	byID := map[string]engine.Object{}
	for _, role := range userMembers().rolesOf(c.DB, c.Param("id"), c.Param("userId")) {
		of := engine.Linked(c.DB, organizationRoleScopes, "organizationRoleId", role.Str("id"), "organizationScopeId", organizationScopes)
		for _, scope := range of {
			byID[scope.Str("id")] = scope
		}
	}
	out := make([]engine.Object, 0, len(byID))
	for _, scope := range byID {
		out = append(out, scope)
	}
	slices.SortFunc(out, engine.ByText("id"))
	return out, nil
}

// organizationsOfUser belongs to the routes of users.
func organizationsOfUser(c *engine.Context) (any, error) {
	userID := c.Param("userId")
	if _, err := found(c.DB, users, userID); err != nil {
		return nil, err
	}
	rows := engine.Linked(c.DB, organizationUsers, "userId", userID, "organizationId", organizations)
	return engine.Map(rows, func(row engine.Object) engine.Object {
		return row.With("organizationRoles", userMembers().roleNames(c.DB, row.Str("id"), userID))
	}), nil
}
