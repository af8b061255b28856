// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// What third-party applications and dynamic apps have in common: the scopes that
// users may be asked to consent to.

var consentBody = engine.Fields(
	engine.Maybe("organizationScopes", engine.Array(engine.String())),
	engine.Maybe("resourceScopes", engine.Array(engine.String())),
	engine.Maybe("organizationResourceScopes", engine.Array(engine.String())),
	engine.Maybe("userScopes", engine.Array(userScope)),
)

var (
	userScope = engine.NativeEnum(
		"profile", "email", "phone", "address", "custom_data", "identities", "roles",
		"urn:logto:scope:organizations", "urn:logto:scope:organization_roles", "urn:logto:scope:sessions",
		"urn:logto:scope:trusted_devices",
	)
	consentScopeType = engine.Fields(engine.Required("scopeType", engine.NativeEnum(
		"organization-scopes", "resource-scopes", "organization-resource-scopes", "user-scopes",
	)))
)

// consentRelations are the collections that hold the scopes of one kind of client.
type consentRelations struct {
	organizationScopes, resourceScopes, organizationResourceScopes, userScopes *engine.Collection
}

func (r consentRelations) all() []*engine.Collection {
	return []*engine.Collection{r.organizationScopes, r.resourceScopes, r.organizationResourceScopes, r.userScopes}
}

// byType is the collection of a scope type of the path.
func (r consentRelations) byType(scopeType string) *engine.Collection {
	return map[string]*engine.Collection{
		"organization-scopes":          r.organizationScopes,
		"resource-scopes":              r.resourceScopes,
		"organization-resource-scopes": r.organizationResourceScopes,
		"user-scopes":                  r.userScopes,
	}[scopeType]
}

// checkConsentScopes refuses scopes that do not exist and those of the Management API.
func checkConsentScopes(db *engine.Store, in engine.Object) error {
	unknown := func(of *engine.Collection, key string) []string {
		return engine.Filter(in.Strs(key), func(id string) bool { return !db.Exists(of, id) })
	}
	o, r, or := unknown(organizationScopes, "organizationScopes"), unknown(scopes, "resourceScopes"), unknown(scopes, "organizationResourceScopes")
	if len(o)+len(r)+len(or) > 0 {
		return engine.Fail(422, "application.user_consent_scopes_not_found", engine.Object{
			{"invalidOrganizationScopes", o}, {"invalidResourceScopes", r}, {"invalidOrganizationResourceScopes", or},
		})
	}
	for _, scopeID := range append(in.Strs("resourceScopes"), in.Strs("organizationResourceScopes")...) {
		if scope, _ := db.Find(scopes, scopeID); scope.Str("resourceId") == managementAPI {
			return engine.Fail(422, "application.consent_management_api_scopes_not_allowed")
		}
	}
	return nil
}

// add adds to the four lists one after the other, each row with the fixed columns;
// an empty list adds nothing.
func (r consentRelations) add(db *engine.Store, fixed, in engine.Object) error {
	for _, part := range []struct {
		key, column string
		of          *engine.Collection
	}{
		{"organizationScopes", "organizationScopeId", r.organizationScopes},
		{"resourceScopes", "scopeId", r.resourceScopes},
		{"organizationResourceScopes", "scopeId", r.organizationResourceScopes},
		{"userScopes", "userScope", r.userScopes},
	} {
		if err := db.Link(part.of, fixed, part.column, in.Strs(part.key)); err != nil {
			return err
		}
	}
	return nil
}

// view shows the four lists; rows are those of a collection that count.
func (r consentRelations) view(db *engine.Store, rows func(*engine.Collection) []engine.Object) engine.Object {
	organizational := engine.Map(rows(r.organizationScopes), func(link engine.Object) engine.Object {
		scope, _ := db.Find(organizationScopes, link.Str("organizationScopeId"))
		return scope.Pick("id", "name", "description")
	})
	userScopes := engine.Column(rows(r.userScopes), "userScope")
	slices.Sort(userScopes)
	return engine.Object{
		{"organizationScopes", organizational},
		{"resourceScopes", consentByResource(db, rows(r.resourceScopes))},
		{"organizationResourceScopes", consentByResource(db, rows(r.organizationResourceScopes))},
		{"userScopes", userScopes},
	}
}

// consentByResource groups the scopes of links by their resource.
func consentByResource(db *engine.Store, links []engine.Object) []engine.Object {
	groups := []engine.Object{}
	members := map[string][]engine.Object{}
	for _, link := range links {
		scope, _ := db.Find(scopes, link.Str("scopeId"))
		resourceID := scope.Str("resourceId")
		if members[resourceID] == nil {
			resource, _ := db.Find(resources, resourceID)
			groups = append(groups, engine.Object{{"resource", resource.Pick("id", "name", "indicator")}})
		}
		members[resourceID] = append(members[resourceID], scope.Pick("id", "name", "description"))
	}
	return engine.Map(groups, func(g engine.Object) engine.Object { return g.With("scopes", members[g.Obj("resource").Str("id")]) })
}
