// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// defaultSecret is the name of the secret that comes with an application.
const defaultSecret = "Default secret"

func applicationSecretRoutes(r *engine.Routes) {
	r.Get("/applications/{id}/secrets", func(c *engine.Context) (any, error) {
		if _, err := c.DB.Get(applications, c.Param("id")); err != nil {
			return nil, err
		}
		return c.DB.Where(applicationSecrets, "applicationId", c.Param("id")), nil
	})
	r.Post("/applications/{id}/secrets", 201, createApplicationSecret)
	r.Patch("/applications/{id}/secrets/{name}", func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("name", engine.Text(256))))
		if err != nil {
			return nil, err
		}
		if err := secretsOwner(c); err != nil {
			return nil, err
		}
		return c.DB.Update(applicationSecrets, in, c.Param("id"), c.Param("name"))
	})
	r.Delete("/applications/{id}/secrets/{name}", func(c *engine.Context) (any, error) {
		if err := secretsOwner(c); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(applicationSecrets, c.Param("id"), c.Param("name"))
	})
	r.Delete("/applications/{id}/legacy-secret", removeLegacySecret).Status = 200
}

// secretsOwner refuses an application that does not exist. A Logto before 1.40 leaves
// that to the database.
func secretsOwner(c *engine.Context) error {
	if c.Server.Before("1.40") {
		return nil
	}
	_, err := c.DB.Get(applications, c.Param("id"))
	return err
}

func createApplicationSecret(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("name", engine.Text(256)), engine.MaybeNull("expiresAt", engine.Number())))
	if err != nil {
		return nil, err
	}
	if expires := in.Num("expiresAt"); expires != 0 && expires <= c.DB.Millis() {
		return nil, engine.InvalidRequest(400, "expiresAt has to be in the future")
	}
	if err := secretsOwner(c); err != nil {
		return nil, err
	}
	return newApplicationSecret(c.DB, c.Param("id"), in)
}

func newApplicationSecret(db *engine.Store, applicationID string, in engine.Object) (engine.Object, error) {
	return db.Insert(applicationSecrets, in.Merge(engine.Object{{"applicationId", applicationID}, {"value", engine.NewSecret(32)}}))
}

func removeLegacySecret(c *engine.Context) (any, error) {
	row, err := c.DB.Get(applications, c.Param("id"))
	if err != nil {
		return nil, err
	}
	if row.Get("secret") == nil {
		return nil, engine.Fail(400, "application.no_legacy_secret_found")
	}
	row, err = c.DB.Update(applications, engine.Object{{"secret", nil}}, c.Param("id"))
	if err != nil {
		return nil, err
	}
	return applicationView(c, row), nil
}
