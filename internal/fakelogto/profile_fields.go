// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"cmp"
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
)

// profileFields go by their name. A new one comes last: sieOrder is one more than the highest.
var profileFields = &collection{
	name: "custom_profile_fields", singular: "custom_profile_field",
	columns: []string{
		"tenantId", "id", "name", "type", "label", "description", "required", "config", "createdAt", "sieOrder",
	},
	key:       []string{"name"},
	defaults:  object{{"label", ""}, {"required", false}, {"config", object{}}},
	maxLength: map[string]int{"name": 128, "label": 128, "description": 256},
	integers:  []string{"sieOrder"},
}

var (
	fieldOptions   = array(fields(maybe("label", str()), required("value", str())))
	fieldTypeNames = []string{"Text", "Number", "Date", "Checkbox", "Select", "Url", "Regex", "Address", "Fullname"}

	// storedFieldConfig is what an answer may hold. It is narrower than what requests
	// may send: a row beyond it is stored and then makes every answer with it a 500.
	storedFieldConfig = fields(
		maybe("placeholder", str().max(256)),
		maybe("minLength", integer().min(0)), maybe("maxLength", integer().min(0)),
		maybe("minValue", integer().min(0)), maybe("maxValue", integer().min(0)),
		maybe("format", str().max(128)), maybe("customFormat", str().max(128)),
		maybe("options", fieldOptions), maybe("defaultValue", str()),
	)
	fieldPart = fields(
		required("enabled", boolean()), required("name", str()), required("type", nativeEnum(fieldTypeNames...)),
		maybe("label", text1(0)), maybe("description", str()), required("required", boolean()),
		maybe("config", storedFieldConfig),
	)
	fieldPatch = profileFieldSchema(false)
	fieldBody  = profileFieldSchema(true)
)

// profileFieldSchema is a field by its type; bodies of updates have no name.
func profileFieldSchema(withName bool) discriminatedSchema {
	common := func(kind string) shape {
		out := fields(
			required("type", literal(kind)), maybe("label", text1(0)), maybe("description", str()),
			required("required", boolean()),
		)
		if withName {
			return fields(required("name", str())).and(out.fields...)
		}
		return out
	}
	placeholder := maybe("placeholder", str())
	parts := func(names string) field {
		return required("config", fields(required("parts", array(
			fieldPart.and(required("name", enum(strings.Fields(names)...))),
		))))
	}
	of := func(kind string, config field) variant { return variant{kind, common(kind).and(config)} }
	return discriminated("type",
		of("Text", maybe("config", fields(placeholder, maybe("minLength", num()), maybe("maxLength", num())))),
		of("Number", maybe("config", fields(placeholder, maybe("minValue", num()), maybe("maxValue", num())))),
		of("Date", maybe("config", fields(placeholder, required("format", str()), maybe("customFormat", str())))),
		variant{"Checkbox", common("Checkbox").except("description").and(
			required("required", literal(false)),
			maybe("config", fields(required("defaultValue", union(literal("true"), literal("false"))))),
		)},
		of("Select", required("config", fields(placeholder, required("options", fieldOptions)))),
		of("Url", maybe("config", fields(placeholder))),
		of("Regex", required("config", fields(placeholder, required("format", str())))),
		of("Address", parts("formatted streetAddress locality region postalCode country")),
		of("Fullname", parts("givenName middleName familyName")),
	)
}

func profileFieldRoutes(r *routes) {
	r.get("/custom-profile-fields", func(c *call) (any, error) { return sortedFields(c.db) })
	r.get("/custom-profile-fields/{name}", func(c *call) (any, error) {
		row, ok := c.db.find(profileFields, c.param("name"))
		if !ok {
			return nil, notFound()
		}
		return showField(row)
	})
	r.post("/custom-profile-fields", 201, func(c *call) (any, error) {
		in, err := c.input(fieldBody)
		if err != nil {
			return nil, err
		}
		row, err := addField(c.db, in)
		if err != nil {
			return nil, err
		}
		return showField(row)
	})
	r.post("/custom-profile-fields/batch", 201, createFields)
	r.post("/custom-profile-fields/properties/sie-order", 200, orderFields)
	r.put("/custom-profile-fields/{name}", 200, putField)
	r.delete("/custom-profile-fields/{name}", deleteField)
}

// showField answers a row, or fails when it is beyond what answers may hold.
func showField(row object) (object, error) {
	var is issues
	guard := storedFieldConfig.and(maybe("parts", array(fieldPart)))
	if _, result := guard.check(row.get("config"), nil, &is); result != good || !profileFields.answerable(row) {
		return nil, internal()
	}
	return row, nil
}

func showFields(rows []object) ([]object, error) {
	for _, row := range rows {
		if _, err := showField(row); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func sortedFields(db *store) ([]object, error) {
	rows := db.all(profileFields)
	slices.SortStableFunc(rows, func(a, b object) int { return cmp.Compare(a.num("sieOrder"), b.num("sieOrder")) })
	return showFields(rows)
}

func addField(db *store, in object) (object, error) {
	if err := checkField(in, false); err != nil {
		return nil, err
	}
	last := 0.0
	if rows := db.all(profileFields); len(rows) > 0 {
		last = slices.Max(mapped(rows, func(row object) float64 { return row.num("sieOrder") }))
	}
	row, err := db.insert(profileFields, in.with("sieOrder", last+1))
	if v, ok := errors.AsType[*violation](err); ok && v.kind == uniqueViolated {
		return nil, fail(422, "custom_profile_fields.name_exists")
	}
	return row, err
}

func createFields(c *call) (any, error) {
	in, err := c.inputValue(array(fieldBody).max(20))
	if err != nil {
		return nil, err
	}
	list, _ := in.([]any)
	for _, item := range list {
		values, _ := item.(object)
		if err := checkField(values, false); err != nil {
			return nil, err
		}
	}
	rows := []object{}
	err = c.db.atomically(func() error {
		for _, item := range list {
			values, _ := item.(object)
			row, err := addField(c.db, values)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return showFields(rows)
}

// putField keeps the label, the description and the config when they are left out.
func putField(c *call) (any, error) {
	in, err := c.input(fieldPatch)
	if err != nil {
		return nil, err
	}
	name := c.param("name")
	if err := checkField(in.with("name", name), true); err != nil {
		return nil, err
	}
	row, err := c.db.update(profileFields, in, name)
	if err != nil {
		return nil, err
	}
	return showField(row)
}

var (
	fieldName  = regexp.MustCompile(`^[0-9A-Za-z]+$`)
	onlyInPerl = regexp.MustCompile(`\(\?[=!<]|\\[1-9]|\\u`)
)

// checkField is what Logto checks beyond the shape; updates are checked more strictly.
func checkField(in object, strict bool) error {
	name, config := in.str("name"), in.obj("config")
	switch {
	case !fieldName.MatchString(name):
		return fail(400, "custom_profile_fields.invalid_name")
	case name == "preferredUsername":
		return fail(400, "custom_profile_fields.name_conflict_built_in_prop")
	case slices.Contains(strings.Fields("onboarding ossOnboarding guideRequests adminConsolePreferences defaultTenantId"), name):
		return fail(400, "custom_profile_fields.name_conflict_custom_data")
	case slices.Contains(strings.Fields("username primaryEmail primaryPhone email phone"), name):
		return fail(400, "custom_profile_fields.name_conflict_sign_in_identifier")
	}
	above := func(low, high string) bool {
		return config.has(low) && config.has(high) && config.num(low) > config.num(high)
	}
	switch kind := in.str("type"); kind {
	case "Text", "Number":
		if above("minLength", "maxLength") || above("minValue", "maxValue") {
			return fail(400, "custom_profile_fields.invalid_min_max_input")
		}
	case "Checkbox":
		if strict && !config.has("defaultValue") {
			return fail(400, "custom_profile_fields.invalid_default_value")
		}
	case "Select":
		if strict && len(config.list("options")) == 0 {
			return fail(400, "custom_profile_fields.invalid_options")
		}
	case "Regex":
		// What JavaScript knows and Go does not is given the benefit of the doubt.
		format := config.str("format")
		_, err := regexp.Compile(format)
		if strict && (format == "" || err != nil && !onlyInPerl.MatchString(format)) {
			return fail(400, "custom_profile_fields.invalid_regex_format")
		}
	case "Address", "Fullname":
		return checkParts(config.list("parts"), kind, strict)
	}
	return nil
}

func checkParts(parts []any, kind string, strict bool) error {
	if len(parts) == 0 {
		if kind == "Address" {
			return fail(400, "custom_profile_fields.invalid_address_components")
		}
		return fail(400, "custom_profile_fields.invalid_fullname_components")
	}
	for _, item := range parts {
		part, _ := item.(object)
		if inner := part.str("type"); inner == "Address" || inner == "Fullname" {
			return fail(400, "custom_profile_fields.invalid_sub_component_type")
		}
	}
	if !strict {
		return nil
	}
	for _, item := range parts {
		part, _ := item.(object)
		if _, err := parse(fieldBody, part, "body"); err != nil {
			if kind := part.str("type"); kind == "Url" || kind == "Date" {
				err.code = "request.invalid_input"
				return err
			}
			return internal() // Logto does not catch it
		}
		if err := checkField(part, true); err != nil {
			return err
		}
	}
	return nil
}

// listedName is the name in an element of a list of {name}.
func listedName(v any) string { o, _ := v.(object); return o.str("name") }

// profileFieldsExist checks a list of {name}: none may repeat, all must exist.
func profileFieldsExist(db *store, list []any) error {
	if err := noFieldTwice(list); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(v any) bool { return !db.exists(profileFields, listedName(v)) }) {
		return fail(400, "custom_profile_fields.entity_not_exists_with_names")
	}
	return nil
}

func noFieldTwice(list []any) error {
	names := mapped(list, listedName)
	repeated := filtered(distinct(names), func(name string) bool {
		return len(filtered(names, func(n string) bool { return n == name })) > 1
	})
	if len(repeated) == 0 {
		return nil
	}
	e := invalidRequest(400, "a profile field repeats")
	e.data = object{{"duplicateNames", toList(repeated)}}
	return e
}

// withKnownFields drops the fields that do not exist from the list of {name} that
// the request sends under a key; before 1.43 Logto refused them. None may repeat.
func (c *call) withKnownFields(in object, key string) (object, error) {
	if c.server.before("1.41") {
		return in.without(key), nil // checked and not taken
	}
	list, sent := in.get(key).([]any)
	if !sent {
		return in, nil
	}
	if c.server.before("1.43") {
		return in, profileFieldsExist(c.db, list)
	}
	if err := noFieldTwice(list); err != nil {
		return nil, err
	}
	return in.with(key, filtered(list, func(v any) bool { return c.db.exists(profileFields, listedName(v)) })), nil
}

// orderFields answers only the fields that it was given.
func orderFields(c *call) (any, error) {
	in, err := c.input(fields(required("order", array(fields(required("name", str()), required("sieOrder", num()))))))
	if err != nil {
		return nil, err
	}
	order := in.list("order")
	if err := profileFieldsExist(c.db, order); err != nil {
		return nil, err
	}
	if len(order) == 0 {
		return nil, emptyValues()
	}
	rows := []object{}
	err = c.db.atomically(func() error {
		for _, item := range order {
			o, _ := item.(object)
			if n := o.num("sieOrder"); n == math.Trunc(n) && (n < math.MinInt16 || n > math.MaxInt16) {
				return internal()
			}
			row, err := c.db.update(profileFields, o.pick("sieOrder"), o.str("name"))
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return showFields(rows)
}

// deleteField also takes the field out of the lists that show it. A Logto before 1.40
// only deletes, and a field that is not there counts as deleted.
func deleteField(c *call) (any, error) {
	name := c.param("name")
	if c.server.before("1.40") {
		c.db.removeWhere(profileFields, "name", name)
		return nil, nil
	}
	if err := c.db.remove(profileFields, name); err != nil {
		return nil, err
	}
	for _, at := range []struct {
		of     *collection
		column string
	}{{signInExperiences, "signUpProfileFields"}, {accountCenters, "profileFields"}} {
		row, _ := c.db.find(at.of, tenantID)
		list, shown := row.get(at.column).([]any)
		rest := filtered(list, func(v any) bool { o, _ := v.(object); return o.str("name") != name })
		if !shown || len(rest) == len(list) {
			continue
		}
		if _, err := c.db.update(at.of, object{{at.column, rest}}, tenantID); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
