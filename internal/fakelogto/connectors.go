// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
	"slices"
)

var connectors = &collection{
	name: "connectors", singular: "connector", idLength: 12,
	columns: []string{
		"tenantId", "id", "syncProfile", "enableTokenStorage", "connectorId", "config", "metadata", "createdAt",
	},
	defaults: object{{"syncProfile", false}, {"enableTokenStorage", false}, {"config", object{}}, {"metadata", object{}}},
}

func connectorGroup() group {
	return group{collections: []*collection{connectors}, routes: func(r *routes) {
		factoryRoutes(r)
		connectorRoutes(r)
	}}
}

// localized is a text by language, in English at least.
type localized struct{}

func (localized) check(v any, at path, is *issues) (any, outcome) {
	_, result := textShape("en").check(v, at, is)
	kept, other := record(str()).check(v, at, is)
	if result = max(result, other); result == aborted {
		return nil, aborted
	}
	names, _ := kept.(object)
	if slices.ContainsFunc(names, func(m member) bool { return !isLanguageTag(m.key) }) {
		is.add(at, "custom", "Invalid input")
		result = dirty
	}
	return kept, result
}

var (
	connectorPatch = fields(
		maybe("config", jsonObject()),
		maybe("metadata", fields(
			maybe("target", str()), maybe("name", localized{}), maybe("logo", str()), maybe("logoDark", nullable(str())),
		)),
		maybe("syncProfile", boolean()),
		maybe("enableTokenStorage", boolean()),
	)
	connectorBody = connectorPatch.and(required("connectorId", text1(128)), maybe("id", text1(128)))
)

func connectorRoutes(r *routes) {
	r.get("/connectors", listConnectors)
	r.post("/connectors", 200, createConnector)
	r.get("/connectors/{id}", func(c *call) (any, error) {
		row, f, err := findConnector(c.db, c.param("id"))
		if err != nil {
			return nil, err
		}
		return connectorView(row, f)
	})
	r.patch("/connectors/{id}", updateConnector)
	r.delete("/connectors/{id}", deleteConnector)
	r.post("/connectors/{factoryId}/test", 204, testConnector)
	r.post("/connectors/{connectorId}/authorization-uri", 200, connectorAuthorizationURI)
}

func findConnector(db *store, id string) (object, connectorFactory, error) {
	row, ok := db.find(connectors, id)
	if !ok {
		return nil, connectorFactory{}, notFound()
	}
	f, ok := findFactory(row.str("connectorId"))
	if !ok {
		return nil, f, notFound()
	}
	return row, f, nil
}

// connectorMetadata is the factory's with the connector's own over it.
func connectorMetadata(row object, f connectorFactory) object {
	return f.view.without("type", "isDemo", "id").merge(row.obj("metadata"))
}

// connectorView is the answer for a connector. A name whose English text was ""
// lost it when it was stored; such a row fails every answer that holds it.
func connectorView(row object, f connectorFactory) (object, error) {
	metadata := connectorMetadata(row, f)
	if !metadata.obj("name").has("en") {
		return nil, internal()
	}
	out := row.pick("id", "syncProfile", "enableTokenStorage", "config", "metadata", "connectorId")
	return append(append(out, metadata...),
		member{"type", f.kind}, member{"isDemo", false}, member{"extraInfo", object{}}), nil
}

// liveConnector is a connector with its factory and effective metadata.
type liveConnector struct {
	row      object
	factory  connectorFactory
	metadata object
}

// liveConnectors lists the connectors by ID.
func liveConnectors(db *store) []liveConnector {
	rows := db.all(connectors)
	slices.SortFunc(rows, byText("id"))
	out := []liveConnector{}
	for _, row := range rows {
		if f, ok := findFactory(row.str("connectorId")); ok {
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
		return l.factory.kind == socialType && l.metadata.str("target") == target
	})
}

func listConnectors(c *call) (any, error) {
	target := lookup(c.query, "target")
	out := []object{}
	for _, l := range liveConnectors(c.db) {
		if target != "" && l.metadata.str("target") != target {
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
	case object:
		out := object{}
		for _, m := range v {
			if kept, ok := cleanDeep(m.value); ok {
				out = append(out, member{m.key, kept})
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
func cleaned(in object, columns ...string) object {
	for _, key := range columns {
		if in.has(key) {
			kept, _ := cleanDeep(in.get(key))
			in = in.with(key, jsonb(kept))
		}
	}
	return in
}

// createConnector checks in Logto's order. A new Email or Sms connector silently
// takes the place of the other ones of its type.
func createConnector(c *call) (any, error) {
	in, err := c.input(connectorBody)
	if err != nil {
		return nil, err
	}
	f, ok := c.server.factory(in.str("connectorId"))
	if !ok {
		return nil, fail(422, "connector.not_found_with_connector_id")
	}
	if f.kind == socialType {
		if err := checkSocial(c.db, in, f); err != nil {
			return nil, err
		}
	}
	if in.has("config") {
		if err := checkConnectorConfig(f.id, in.obj("config")); err != nil {
			return nil, err
		}
	}
	if in.flag("enableTokenStorage") {
		return nil, fail(422, "request.feature_not_supported") // no SECRET_VAULT_KEK
	}
	var row object
	err = c.db.atomically(func() error {
		if row, err = c.db.insert(connectors, cleaned(in, "config", "metadata")); err != nil || f.kind == socialType {
			return err
		}
		for _, other := range liveConnectors(c.db) {
			if other.factory.kind == f.kind && other.row.str("id") != row.str("id") {
				_ = c.db.remove(connectors, other.row.str("id")) // it was just listed
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return connectorView(row, f)
}

func checkSocial(db *store, in object, f connectorFactory) error {
	target := in.obj("metadata").str("target")
	switch {
	case f.standard && target == "":
		return fail(400, "connector.should_specify_target")
	case !f.standard && in.has("metadata"):
		return fail(400, "connector.cannot_overwrite_metadata_for_non_standard_connector")
	case !f.standard:
		target = f.target
	}
	all := liveConnectors(db)
	if !f.standard && slices.ContainsFunc(all, func(l liveConnector) bool { return l.factory.id == f.id }) {
		return fail(422, "connector.multiple_instances_not_supported")
	}
	for _, l := range all {
		if l.factory.kind == socialType && l.metadata.str("target") == target && l.factory.platform == f.platform {
			return fail(422, "connector.multiple_target_with_same_platform",
				object{{"connectorId", l.factory.id}, {"connectorName", l.metadata.get("name")}})
		}
	}
	return nil
}

func updateConnector(c *call) (any, error) {
	in, err := c.input(connectorPatch)
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	row, f, err := findConnector(c.db, id)
	if err != nil {
		return nil, err
	}
	switch target := connectorMetadata(row, f).get("target"); {
	case in.has("metadata") && f.standard && in.obj("metadata").get("target") != target:
		return nil, fail(400, "connector.can_not_modify_target")
	case in.has("metadata") && !f.standard:
		return nil, fail(400, "connector.cannot_overwrite_metadata_for_non_standard_connector")
	case in.flag("syncProfile") && f.kind != socialType:
		return nil, fail(422, "connector.invalid_type_for_syncing_profile")
	case in.flag("enableTokenStorage"):
		return nil, fail(422, "request.feature_not_supported")
	}
	if in.has("config") {
		if err := checkConnectorConfig(f.id, in.obj("config")); err != nil {
			return nil, err
		}
	}
	if row, err = c.db.update(connectors, cleaned(in, "config", "metadata"), id); err != nil {
		return nil, err
	}
	return connectorView(row, f)
}

// deleteConnector lets the last connector of a type go although the sign-in
// experience needs it; only the expiration of passwords stands in the way.
func deleteConnector(c *call) (any, error) {
	id := c.param("id")
	row, ok := c.db.find(connectors, id)
	if !ok {
		return nil, notFound()
	}
	f, known := findFactory(row.str("connectorId"))
	experience := signInExperience(c.db)
	if known && f.kind != socialType && experience.obj("passwordExpiration").flag("enabled") {
		rest := filtered(liveConnectors(c.db), func(l liveConnector) bool { return l.row.str("id") != id })
		if !canResetPassword(rest, experience.get("forgotPasswordMethods")) {
			return nil, fail(422, "sign_in_experiences.password_expiration_requires_forgot_password")
		}
	}
	if err := c.db.remove(connectors, id); err != nil || !known || f.kind != socialType {
		return nil, err
	}
	rest := liveConnectors(c.db)
	targets := filtered(experience.strs("socialSignInConnectorTargets"), func(target string) bool {
		return hasSocialTarget(rest, target)
	})
	_, err := c.db.update(signInExperiences, object{{"socialSignInConnectorTargets", toList(targets)}}, tenantID)
	return nil, err
}

var (
	phoneDigits = regexp.MustCompile(`^\d+$`)
	looseEmail  = regexp.MustCompile(`^\S+@\S+\.\S+$`)
	testMessage = fields(
		maybe("phone", str().matching(phoneDigits)), maybe("email", str().matching(looseEmail)),
		required("config", jsonObject()), maybe("locale", str()),
	)
)

// testConnector takes the ID of a factory.
func testConnector(c *call) (any, error) {
	in, err := c.input(testMessage)
	if err != nil {
		return nil, err
	}
	want, to := emailType, in.str("email")
	if in.str("phone") != "" {
		want, to = smsType, in.str("phone")
	}
	f, ok := c.server.factory(c.param("factoryId"))
	switch {
	case to == "":
		return nil, fail(400, "guard.invalid_input")
	case !ok || f.kind == socialType:
		return nil, fail(400, "connector.not_found")
	case f.kind != want:
		return nil, fail(400, "connector.unexpected_type")
	}
	payload := object{{"code", "000000"}}
	if locale := in.str("locale"); locale != "" {
		payload = append(payload, member{"locale", locale})
	}
	return deliver(f, in.obj("config"), "Generic", to, payload), nil
}
