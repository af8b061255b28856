// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// ssoIdentities come from sign-ins with enterprise connectors, which [SignInWithSSO]
// stands for.
var ssoIdentities = &engine.Collection{
	Name: "user_sso_identities", Singular: "user_sso_identity",
	Columns: []string{
		"tenantId", "id", "userId", "issuer", "identityId", "detail", "createdAt", "updatedAt", "ssoConnectorId",
	},
	Defaults: engine.Object{{"detail", engine.Object{}}},
	Refs:     []engine.Ref{engine.RefTo("userId", users), engine.RefTo("ssoConnectorId", ssoConnectors)},
	Unique:   []engine.Unique{{Columns: []string{"issuer", "identityId"}}},
}

// SignInWithSSO makes the identity that a first sign-in of a user with an enterprise
// connector makes. The issuer calls the user identityID and says the name of the user.
func SignInWithSSO(s *engine.Server, userID, ssoConnectorID, issuer, identityID, name string) (err error) {
	s.Locked(func(db *engine.Store) {
		err = db.Atomically(func() error {
			if _, err := db.Insert(ssoIdentities, engine.Object{
				{"userId", userID}, {"ssoConnectorId", ssoConnectorID}, {"issuer", issuer}, {"identityId", identityID},
				{"detail", engine.Object{{"id", identityID}, {"name", name}}},
			}); err != nil {
				return err
			}
			return noteSignIn(db, userID)
		})
	})
	return err
}

func noteSignIn(db *engine.Store, userID string) error {
	_, err := db.Update(users, engine.Object{{"lastSignInAt", db.Millis()}}, userID)
	return err
}

func ssoIdentitiesOf(db *engine.Store, userID string) []engine.Object {
	return db.Where(ssoIdentities, "userId", userID)
}

// ssoIdentityView is how the list of all identities shows one.
func ssoIdentityView(row engine.Object) engine.Object {
	return engine.Object{{"ssoConnectorId", row.Get("ssoConnectorId")}, {"ssoIdentity", row}}
}

func ssoIdentity(c *engine.Context) (any, error) {
	if _, err := found(c.DB, users, c.Param("userId")); err != nil {
		return nil, err
	}
	for _, row := range ssoIdentitiesOf(c.DB, c.Param("userId")) {
		if row.Str("ssoConnectorId") == c.Param("ssoConnectorId") {
			return engine.Object{{"ssoIdentity", row}}, nil
		}
	}
	return nil, engine.Fail(404, "user.enterprise_sso_identity_not_exists")
}
