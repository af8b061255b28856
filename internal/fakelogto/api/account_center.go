// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// accountCenters holds one row, the tenant's.
var accountCenters = &engine.Collection{
	Name: "account_centers", Singular: "account_center",
	Columns: []string{
		"tenantId", "id", "enabled", "fields", "webauthnRelatedOrigins", "deleteAccountUrl", "customCss", "profileFields",
	},
	Defaults:  engine.Object{{"fields", engine.Object{}}, {"webauthnRelatedOrigins", []any{}}},
	MaxLength: map[string]int{"deleteAccountUrl": 2048},
}

var accountCenterPatch = engine.Fields(
	engine.Maybe("enabled", engine.Boolean()),
	engine.Maybe("fields", accountCenterFields()),
	engine.Maybe("webauthnRelatedOrigins", engine.Array(engine.String())),
	engine.MaybeNull("deleteAccountUrl", engine.String().Max(2048).Where(func(s string) bool {
		web := strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
		return s == "" || (web && engine.IsURL(s))
	})),
	engine.MaybeNull("customCss", engine.String()),
	engine.Maybe("profileFields", named),
)

func accountCenterFields() engine.Shape {
	out := engine.Fields()
	for key := range strings.FieldsSeq("name avatar profile email phone password username social customData mfa passkey session") {
		out = out.And(engine.Maybe(key, engine.NativeEnum("Off", "ReadOnly", "Edit")))
	}
	return out
}

func accountCenterRoutes(r *engine.Routes) {
	r.Get("/account-center", func(c *engine.Context) (any, error) { return c.DB.Get(accountCenters, engine.TenantID) })
	r.Patch("/account-center", func(c *engine.Context) (any, error) {
		in, err := c.Input(accountCenterPatch)
		if err != nil {
			return nil, err
		}
		if in, err = withKnownFields(c, in, "profileFields"); err != nil {
			return nil, err
		}
		if in.Has("webauthnRelatedOrigins") {
			in = in.With("webauthnRelatedOrigins", engine.ToList(engine.Distinct(in.Strs("webauthnRelatedOrigins"))))
		}
		return c.DB.Update(accountCenters, in, engine.TenantID)
	})
}
