// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var connectors = &engine.Collection{
	Name: "connectors", Singular: "connector", IDLength: 12,
	Columns: []string{
		"tenantId", "id", "syncProfile", "enableTokenStorage", "connectorId", "config", "metadata", "createdAt",
	},
	Defaults: engine.Object{{"syncProfile", false}, {"enableTokenStorage", false}, {"config", engine.Object{}}, {"metadata", engine.Object{}}},
}

func connectorGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{connectors}, Routes: func(r *engine.Routes) {
		factoryRoutes(r)
		connectorRoutes(r)
	}}
}

// localized is a text by language, in English at least.
type localized struct{}

func (localized) Check(v any, at engine.Path, is *engine.Issues) (any, engine.Outcome) {
	_, result := textShape("en").Check(v, at, is)
	kept, other := engine.Record(engine.String()).Check(v, at, is)
	if result = max(result, other); result == engine.Aborted {
		return nil, engine.Aborted
	}
	names, _ := kept.(engine.Object)
	if slices.ContainsFunc(names, func(m engine.Member) bool { return !isLanguageTag(m.Key) }) {
		is.Add(at, "custom", "Invalid input")
		result = engine.Dirty
	}
	return kept, result
}

var (
	connectorPatch = engine.Fields(
		engine.Maybe("config", engine.JSONObject()),
		engine.Maybe("metadata", engine.Fields(
			engine.Maybe("target", engine.String()), engine.Maybe("name", localized{}), engine.Maybe("logo", engine.String()), engine.Maybe("logoDark", engine.Nullable(engine.String())),
		)),
		engine.Maybe("syncProfile", engine.Boolean()),
		engine.Maybe("enableTokenStorage", engine.Boolean()),
	)
	connectorBody = connectorPatch.And(engine.Required("connectorId", engine.Text(128)), engine.Maybe("id", engine.Text(128)))
)

func connectorRoutes(r *engine.Routes) {
	r.Get("/connectors", listConnectors)
	r.Post("/connectors", 200, createConnector)
	r.Get("/connectors/{id}", func(c *engine.Context) (any, error) {
		row, f, err := findConnector(c.DB, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return connectorView(row, f)
	})
	r.Patch("/connectors/{id}", updateConnector)
	r.Delete("/connectors/{id}", deleteConnector)
	r.Post("/connectors/{factoryId}/test", 204, testConnector)
	r.Post("/connectors/{connectorId}/authorization-uri", 200, connectorAuthorizationURI)
}

func findConnector(db *engine.Store, id string) (engine.Object, connectorFactory, error) {
	row, ok := db.Find(connectors, id)
	if !ok {
		return nil, connectorFactory{}, engine.NotFound()
	}
	f, ok := findFactory(row.Str("connectorId"))
	if !ok {
		return nil, f, engine.NotFound()
	}
	return row, f, nil
}

// connectorMetadata is the factory's with the connector's own over it.
func connectorMetadata(row engine.Object, f connectorFactory) engine.Object {
	return f.view.Without("type", "isDemo", "id").Merge(row.Obj("metadata"))
}

// connectorView is the answer for a connector. A name whose English text was ""
// lost it when it was stored; such a row fails every answer that holds it.
func connectorView(row engine.Object, f connectorFactory) (engine.Object, error) {
	metadata := connectorMetadata(row, f)
	if !metadata.Obj("name").Has("en") {
		return nil, engine.InternalError()
	}
	out := row.Pick("id", "syncProfile", "enableTokenStorage", "config", "metadata", "connectorId")
	return append(append(out, metadata...),
		engine.Member{"type", f.kind}, engine.Member{"isDemo", false}, engine.Member{"extraInfo", engine.Object{}}), nil
}

// liveConnector is a connector with its factory and effective metadata.
type liveConnector struct {
	row      engine.Object
	factory  connectorFactory
	metadata engine.Object
}

// liveConnectors lists the connectors by ID.
func liveConnectors(db *engine.Store) []liveConnector {
	rows := db.All(connectors)
	slices.SortFunc(rows, engine.ByText("id"))
	out := []liveConnector{}
	for _, row := range rows {
		if f, ok := findFactory(row.Str("connectorId")); ok {
			out = append(out, liveConnector{row, f, connectorMetadata(row, f)})
		}
	}
	return out
}

func hasConnector(all []liveConnector, kind string) bool {
	return slices.ContainsFunc(all, func(l liveConnector) bool { return l.factory.kind == kind })
}

func hasSocialTarget(all []liveConnector, target string) bool {
	return slices.ContainsFunc(all, func(l liveConnector) bool {
		return l.factory.kind == socialType && l.metadata.Str("target") == target
	})
}

func listConnectors(c *engine.Context) (any, error) {
	target := engine.Lookup(c.Query, "target")
	out := []engine.Object{}
	for _, l := range liveConnectors(c.DB) {
		if target != "" && l.metadata.Str("target") != target {
			continue
		}
		view, err := connectorView(l.row, l.factory)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, nil
}

// cleanDeep drops null, "", {} and [] at every level, inside arrays too. The
// second result is false when nothing is left.
func cleanDeep(v any) (any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, false
	case string:
		return v, v != ""
	case engine.Object:
		out := engine.Object{}
		for _, m := range v {
			if kept, ok := cleanDeep(m.Value); ok {
				out = append(out, engine.Member{m.Key, kept})
			}
		}
		return out, len(out) > 0
	case []any:
		out := []any{}
		for _, item := range v {
			if kept, ok := cleanDeep(item); ok {
				out = append(out, kept)
			}
		}
		return out, len(out) > 0
	}
	return v, true
}

// cleaned returns the input with the JSON columns cleaned and in the order of jsonb.
func cleaned(in engine.Object, columns ...string) engine.Object {
	for _, key := range columns {
		if in.Has(key) {
			kept, _ := cleanDeep(in.Get(key))
			in = in.With(key, engine.JSONB(kept))
		}
	}
	return in
}

// createConnector checks in Logto's order. A new Email or Sms connector silently
// takes the place of the other ones of its type.
func createConnector(c *engine.Context) (any, error) {
	in, err := c.Input(connectorBody)
	if err != nil {
		return nil, err
	}
	f, ok := factoryOf(c.Server, in.Str("connectorId"))
	if !ok {
		return nil, engine.Fail(422, "connector.not_found_with_connector_id")
	}
	if f.kind == socialType {
		if err := checkSocial(c.DB, in, f); err != nil {
			return nil, err
		}
	}
	if in.Has("config") {
		if err := checkConnectorConfig(f.id, in.Obj("config")); err != nil {
			return nil, err
		}
	}
	if in.Flag("enableTokenStorage") {
		return nil, engine.Fail(422, "request.feature_not_supported") // no SECRET_VAULT_KEK
	}
	var row engine.Object
	err = c.DB.Atomically(func() error {
		if row, err = c.DB.Insert(connectors, cleaned(in, "config", "metadata")); err != nil || f.kind == socialType {
			return err
		}
		for _, other := range liveConnectors(c.DB) {
			if other.factory.kind == f.kind && other.row.Str("id") != row.Str("id") {
				_ = c.DB.Remove(connectors, other.row.Str("id")) // it was just listed
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return connectorView(row, f)
}

func checkSocial(db *engine.Store, in engine.Object, f connectorFactory) error {
	target := in.Obj("metadata").Str("target")
	switch {
	case f.standard && target == "":
		return engine.Fail(400, "connector.should_specify_target")
	case !f.standard && in.Has("metadata"):
		return engine.Fail(400, "connector.cannot_overwrite_metadata_for_non_standard_connector")
	case !f.standard:
		target = f.target
	}
	all := liveConnectors(db)
	if !f.standard && slices.ContainsFunc(all, func(l liveConnector) bool { return l.factory.id == f.id }) {
		return engine.Fail(422, "connector.multiple_instances_not_supported")
	}
	for _, l := range all {
		if l.factory.kind == socialType && l.metadata.Str("target") == target && l.factory.platform == f.platform {
			return engine.Fail(422, "connector.multiple_target_with_same_platform",
				engine.Object{{"connectorId", l.factory.id}, {"connectorName", l.metadata.Get("name")}})
		}
	}
	return nil
}

func updateConnector(c *engine.Context) (any, error) {
	in, err := c.Input(connectorPatch)
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	row, f, err := findConnector(c.DB, id)
	if err != nil {
		return nil, err
	}
	switch target := connectorMetadata(row, f).Get("target"); {
	case in.Has("metadata") && f.standard && in.Obj("metadata").Get("target") != target:
		return nil, engine.Fail(400, "connector.can_not_modify_target")
	case in.Has("metadata") && !f.standard:
		return nil, engine.Fail(400, "connector.cannot_overwrite_metadata_for_non_standard_connector")
	case in.Flag("syncProfile") && f.kind != socialType:
		return nil, engine.Fail(422, "connector.invalid_type_for_syncing_profile")
	case in.Flag("enableTokenStorage"):
		return nil, engine.Fail(422, "request.feature_not_supported")
	}
	if in.Has("config") {
		if err := checkConnectorConfig(f.id, in.Obj("config")); err != nil {
			return nil, err
		}
	}
	if row, err = c.DB.Update(connectors, cleaned(in, "config", "metadata"), id); err != nil {
		return nil, err
	}
	return connectorView(row, f)
}

// deleteConnector lets the last connector of a type go although the sign-in
// experience needs it; only the expiration of passwords stands in the way.
func deleteConnector(c *engine.Context) (any, error) {
	id := c.Param("id")
	row, ok := c.DB.Find(connectors, id)
	if !ok {
		return nil, engine.NotFound()
	}
	f, known := findFactory(row.Str("connectorId"))
	experience := signInExperience(c.DB)
	if known && f.kind != socialType && experience.Obj("passwordExpiration").Flag("enabled") {
		rest := engine.Filter(liveConnectors(c.DB), func(l liveConnector) bool { return l.row.Str("id") != id })
		if !canResetPassword(rest, experience.Get("forgotPasswordMethods")) {
			return nil, engine.Fail(422, "sign_in_experiences.password_expiration_requires_forgot_password")
		}
	}
	if err := c.DB.Remove(connectors, id); err != nil || !known || f.kind != socialType {
		return nil, err
	}
	rest := liveConnectors(c.DB)
	targets := engine.Filter(experience.Strs("socialSignInConnectorTargets"), func(target string) bool {
		return hasSocialTarget(rest, target)
	})
	_, err := c.DB.Update(signInExperiences, engine.Object{{"socialSignInConnectorTargets", engine.ToList(targets)}}, engine.TenantID)
	return nil, err
}

var (
	phoneDigits = regexp.MustCompile(`^\d+$`)
	looseEmail  = regexp.MustCompile(`^\S+@\S+\.\S+$`)
	testMessage = engine.Fields(
		engine.Maybe("phone", engine.String().Matching(phoneDigits)), engine.Maybe("email", engine.String().Matching(looseEmail)),
		engine.Required("config", engine.JSONObject()), engine.Maybe("locale", engine.String()),
	)
)

// testConnector takes the ID of a factory.
func testConnector(c *engine.Context) (any, error) {
	in, err := c.Input(testMessage)
	if err != nil {
		return nil, err
	}
	want, to := emailType, in.Str("email")
	if in.Str("phone") != "" {
		want, to = smsType, in.Str("phone")
	}
	f, ok := factoryOf(c.Server, c.Param("factoryId"))
	switch {
	case to == "":
		return nil, engine.Fail(400, "guard.invalid_input")
	case !ok || f.kind == socialType:
		return nil, engine.Fail(400, "connector.not_found")
	case f.kind != want:
		return nil, engine.Fail(400, "connector.unexpected_type")
	}
	payload := engine.Object{{"code", "000000"}}
	if locale := in.Str("locale"); locale != "" {
		payload = append(payload, engine.Member{"locale", locale})
	}
	return deliver(f, in.Obj("config"), "Generic", to, payload), nil
}
