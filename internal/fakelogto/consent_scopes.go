// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

// What third-party applications and dynamic apps have in common: the scopes that
// users may be asked to consent to.

var consentBody = fields(
	maybe("organizationScopes", array(str())),
	maybe("resourceScopes", array(str())),
	maybe("organizationResourceScopes", array(str())),
	maybe("userScopes", array(userScope)),
)

var (
	userScope = nativeEnum(
		"profile", "email", "phone", "address", "custom_data", "identities", "roles",
		"urn:logto:scope:organizations", "urn:logto:scope:organization_roles", "urn:logto:scope:sessions",
		"urn:logto:scope:trusted_devices",
	)
	consentScopeType = fields(required("scopeType", nativeEnum(
		"organization-scopes", "resource-scopes", "organization-resource-scopes", "user-scopes",
	)))
)

// consentRelations are the collections that hold the scopes of one kind of client.
type consentRelations struct {
	organizationScopes, resourceScopes, organizationResourceScopes, userScopes *collection
}

func (r consentRelations) all() []*collection {
	return []*collection{r.organizationScopes, r.resourceScopes, r.organizationResourceScopes, r.userScopes}
}

// byType is the collection of a scope type of the path.
func (r consentRelations) byType(scopeType string) *collection {
	return map[string]*collection{
		"organization-scopes":          r.organizationScopes,
		"resource-scopes":              r.resourceScopes,
		"organization-resource-scopes": r.organizationResourceScopes,
		"user-scopes":                  r.userScopes,
	}[scopeType]
}

// checkConsentScopes refuses scopes that do not exist and those of the Management API.
func checkConsentScopes(db *store, in object) error {
	unknown := func(of *collection, key string) []string {
		return filtered(in.strs(key), func(id string) bool { return !db.exists(of, id) })
	}
	o, r, or := unknown(organizationScopes, "organizationScopes"), unknown(scopes, "resourceScopes"), unknown(scopes, "organizationResourceScopes")
	if len(o)+len(r)+len(or) > 0 {
		return fail(422, "application.user_consent_scopes_not_found", object{
			{"invalidOrganizationScopes", o}, {"invalidResourceScopes", r}, {"invalidOrganizationResourceScopes", or},
		})
	}
	for _, scopeID := range append(in.strs("resourceScopes"), in.strs("organizationResourceScopes")...) {
		if scope, _ := db.find(scopes, scopeID); scope.str("resourceId") == managementAPI {
			return fail(422, "application.consent_management_api_scopes_not_allowed")
		}
	}
	return nil
}

// add adds to the four lists one after the other, each row with the fixed columns;
// an empty list adds nothing.
func (r consentRelations) add(db *store, fixed, in object) error {
	for _, part := range []struct {
		key, column string
		of          *collection
	}{
		{"organizationScopes", "organizationScopeId", r.organizationScopes},
		{"resourceScopes", "scopeId", r.resourceScopes},
		{"organizationResourceScopes", "scopeId", r.organizationResourceScopes},
		{"userScopes", "userScope", r.userScopes},
	} {
		if err := db.link(part.of, fixed, part.column, in.strs(part.key)); err != nil {
			return err
		}
	}
	return nil
}

// view shows the four lists; rows are those of a collection that count.
func (r consentRelations) view(db *store, rows func(*collection) []object) object {
	organizational := mapped(rows(r.organizationScopes), func(link object) object {
		scope, _ := db.find(organizationScopes, link.str("organizationScopeId"))
		return scope.pick("id", "name", "description")
	})
	userScopes := column(rows(r.userScopes), "userScope")
	slices.Sort(userScopes)
	return object{
		{"organizationScopes", organizational},
		{"resourceScopes", consentByResource(db, rows(r.resourceScopes))},
		{"organizationResourceScopes", consentByResource(db, rows(r.organizationResourceScopes))},
		{"userScopes", userScopes},
	}
}

// consentByResource groups the scopes of links by their resource.
func consentByResource(db *store, links []object) []object {
	groups := []object{}
	members := map[string][]object{}
	for _, link := range links {
		scope, _ := db.find(scopes, link.str("scopeId"))
		resourceID := scope.str("resourceId")
		if members[resourceID] == nil {
			resource, _ := db.find(resources, resourceID)
			groups = append(groups, object{{"resource", resource.pick("id", "name", "indicator")}})
		}
		members[resourceID] = append(members[resourceID], scope.pick("id", "name", "description"))
	}
	return mapped(groups, func(g object) object { return g.with("scopes", members[g.obj("resource").str("id")]) })
}
