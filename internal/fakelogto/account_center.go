// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"strings"
)

// accountCenters holds one row, the tenant's.
var accountCenters = &collection{
	name: "account_centers", singular: "account_center",
	columns: []string{
		"tenantId", "id", "enabled", "fields", "webauthnRelatedOrigins", "deleteAccountUrl", "customCss", "profileFields",
	},
	defaults:  object{{"fields", object{}}, {"webauthnRelatedOrigins", []any{}}},
	maxLength: map[string]int{"deleteAccountUrl": 2048},
}

var accountCenterPatch = fields(
	maybe("enabled", boolean()),
	maybe("fields", accountCenterFields()),
	maybe("webauthnRelatedOrigins", array(str())),
	maybeNull("deleteAccountUrl", str().max(2048).where(func(s string) bool {
		web := strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
		return s == "" || (web && isURL(s))
	})),
	maybeNull("customCss", str()),
	maybe("profileFields", named),
)

func accountCenterFields() shape {
	out := fields()
	for key := range strings.FieldsSeq("name avatar profile email phone password username social customData mfa passkey session") {
		out = out.and(maybe(key, nativeEnum("Off", "ReadOnly", "Edit")))
	}
	return out
}

func accountCenterRoutes(r *routes) {
	r.get("/account-center", func(c *call) (any, error) { return c.db.get(accountCenters, tenantID) })
	r.patch("/account-center", func(c *call) (any, error) {
		in, err := c.input(accountCenterPatch)
		if err != nil {
			return nil, err
		}
		if in, err = c.withKnownFields(in, "profileFields"); err != nil {
			return nil, err
		}
		if in.has("webauthnRelatedOrigins") {
			in = in.with("webauthnRelatedOrigins", toList(distinct(in.strs("webauthnRelatedOrigins"))))
		}
		return c.db.update(accountCenters, in, tenantID)
	})
}
