// SPDX-License-Identifier: MPL-2.0

package fakelogto

// defaultSecret is the name of the secret that comes with an application.
const defaultSecret = "Default secret"

func applicationSecretRoutes(r *routes) {
	r.get("/applications/{id}/secrets", func(c *call) (any, error) {
		if _, err := c.db.get(applications, c.param("id")); err != nil {
			return nil, err
		}
		return c.db.where(applicationSecrets, "applicationId", c.param("id")), nil
	})
	r.post("/applications/{id}/secrets", 201, createApplicationSecret)
	r.patch("/applications/{id}/secrets/{name}", func(c *call) (any, error) {
		in, err := c.input(fields(required("name", text1(256))))
		if err != nil {
			return nil, err
		}
		if err := c.secretsOwner(); err != nil {
			return nil, err
		}
		return c.db.update(applicationSecrets, in, c.param("id"), c.param("name"))
	})
	r.delete("/applications/{id}/secrets/{name}", func(c *call) (any, error) {
		if err := c.secretsOwner(); err != nil {
			return nil, err
		}
		return nil, c.db.remove(applicationSecrets, c.param("id"), c.param("name"))
	})
	r.delete("/applications/{id}/legacy-secret", removeLegacySecret).status = 200
}

// secretsOwner refuses an application that does not exist. A Logto before 1.40 leaves
// that to the database.
func (c *call) secretsOwner() error {
	if c.server.before("1.40") {
		return nil
	}
	_, err := c.db.get(applications, c.param("id"))
	return err
}

func createApplicationSecret(c *call) (any, error) {
	in, err := c.input(fields(required("name", text1(256)), maybeNull("expiresAt", num())))
	if err != nil {
		return nil, err
	}
	if expires := in.num("expiresAt"); expires != 0 && expires <= c.db.millis() {
		return nil, invalidRequest(400, "expiresAt has to be in the future")
	}
	if err := c.secretsOwner(); err != nil {
		return nil, err
	}
	return newApplicationSecret(c.db, c.param("id"), in)
}

func newApplicationSecret(db *store, applicationID string, in object) (object, error) {
	return db.insert(applicationSecrets, in.merge(object{{"applicationId", applicationID}, {"value", newSecret(32)}}))
}

func removeLegacySecret(c *call) (any, error) {
	row, err := c.db.get(applications, c.param("id"))
	if err != nil {
		return nil, err
	}
	if row.get("secret") == nil {
		return nil, fail(400, "application.no_legacy_secret_found")
	}
	row, err = c.db.update(applications, object{{"secret", nil}}, c.param("id"))
	if err != nil {
		return nil, err
	}
	return c.applicationView(row), nil
}
