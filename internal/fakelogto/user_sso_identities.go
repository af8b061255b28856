// SPDX-License-Identifier: MPL-2.0

package fakelogto

// ssoIdentities come from sign-ins with enterprise connectors, which
// [Server.SignInWithSSO] stands for.
var ssoIdentities = &collection{
	name: "user_sso_identities", singular: "user_sso_identity",
	columns: []string{
		"tenantId", "id", "userId", "issuer", "identityId", "detail", "createdAt", "updatedAt", "ssoConnectorId",
	},
	defaults: object{{"detail", object{}}},
	refs:     []ref{refTo("userId", users), refTo("ssoConnectorId", ssoConnectors)},
	unique:   []unique{{columns: []string{"issuer", "identityId"}}},
}

// SignInWithSSO makes the identity that a first sign-in of a user with an enterprise
// connector makes. The issuer calls the user identityID and says name of the user.
func (s *Server) SignInWithSSO(userID, ssoConnectorID, issuer, identityID, name string) error {
	s.data.Lock()
	defer s.data.Unlock()
	return s.db.atomically(func() error {
		if _, err := s.db.insert(ssoIdentities, object{
			{"userId", userID}, {"ssoConnectorId", ssoConnectorID}, {"issuer", issuer}, {"identityId", identityID},
			{"detail", object{{"id", identityID}, {"name", name}}},
		}); err != nil {
			return err
		}
		_, err := s.db.update(users, object{{"lastSignInAt", s.db.millis()}}, userID)
		return err
	})
}

func ssoIdentitiesOf(db *store, userID string) []object {
	return db.where(ssoIdentities, "userId", userID)
}

// ssoIdentityView is how the lists of identities show one.
func ssoIdentityView(row object) object {
	return object{{"ssoConnectorId", row.get("ssoConnectorId")}, {"ssoIdentity", row}}
}

func ssoIdentity(c *call) (any, error) {
	if _, err := found(c.db, users, c.param("userId")); err != nil {
		return nil, err
	}
	for _, row := range ssoIdentitiesOf(c.db, c.param("userId")) {
		if row.str("ssoConnectorId") == c.param("ssoConnectorId") {
			return ssoIdentityView(row).without("ssoConnectorId"), nil
		}
	}
	return nil, fail(404, "user.enterprise_sso_identity_not_exists")
}
