// SPDX-License-Identifier: MPL-2.0

package api

import (
	"cmp"
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// profileFields go by their name. A new one comes last: sieOrder is one more than the highest.
var profileFields = &engine.Collection{
	Name: "custom_profile_fields", Singular: "custom_profile_field",
	Columns: []string{
		"tenantId", "id", "name", "type", "label", "description", "required", "config", "createdAt", "sieOrder",
	},
	Key:       []string{"name"},
	Defaults:  engine.Object{{"label", ""}, {"required", false}, {"config", engine.Object{}}},
	MaxLength: map[string]int{"name": 128, "label": 128, "description": 256},
	Integers:  []string{"sieOrder"},
}

var (
	fieldOptions   = engine.Array(engine.Fields(engine.Maybe("label", engine.String()), engine.Required("value", engine.String())))
	fieldTypeNames = []string{"Text", "Number", "Date", "Checkbox", "Select", "Url", "Regex", "Address", "Fullname"}

	// storedFieldConfig is what an answer may hold. It is narrower than what requests
	// may send: a row beyond it is stored and then makes every answer with it a 500.
	storedFieldConfig = engine.Fields(
		engine.Maybe("placeholder", engine.String().Max(256)),
		engine.Maybe("minLength", engine.Integer().Min(0)), engine.Maybe("maxLength", engine.Integer().Min(0)),
		engine.Maybe("minValue", engine.Integer().Min(0)), engine.Maybe("maxValue", engine.Integer().Min(0)),
		engine.Maybe("format", engine.String().Max(128)), engine.Maybe("customFormat", engine.String().Max(128)),
		engine.Maybe("options", fieldOptions), engine.Maybe("defaultValue", engine.String()),
	)
	fieldPart = engine.Fields(
		engine.Required("enabled", engine.Boolean()), engine.Required("name", engine.String()), engine.Required("type", engine.NativeEnum(fieldTypeNames...)),
		engine.Maybe("label", engine.Text(0)), engine.Maybe("description", engine.String()), engine.Required("required", engine.Boolean()),
		engine.Maybe("config", storedFieldConfig),
	)
	fieldPatch = profileFieldSchema(false)
	fieldBody  = profileFieldSchema(true)
)

// profileFieldSchema is a field by its type; bodies of updates have no name.
func profileFieldSchema(withName bool) engine.Schema {
	common := func(kind string) engine.Shape {
		out := engine.Fields(
			engine.Required("type", engine.Literal(kind)), engine.Maybe("label", engine.Text(0)), engine.Maybe("description", engine.String()),
			engine.Required("required", engine.Boolean()),
		)
		if withName {
			return engine.Fields(engine.Required("name", engine.String())).And(out.Fields...)
		}
		return out
	}
	placeholder := engine.Maybe("placeholder", engine.String())
	parts := func(names string) engine.Field {
		return engine.Required("config", engine.Fields(engine.Required("parts", engine.Array(
			fieldPart.And(engine.Required("name", engine.Enum(strings.Fields(names)...))),
		))))
	}
	of := func(kind string, config engine.Field) engine.Variant {
		return engine.Case(kind, common(kind).And(config))
	}
	return engine.Discriminated("type",
		of("Text", engine.Maybe("config", engine.Fields(placeholder, engine.Maybe("minLength", engine.Number()), engine.Maybe("maxLength", engine.Number())))),
		of("Number", engine.Maybe("config", engine.Fields(placeholder, engine.Maybe("minValue", engine.Number()), engine.Maybe("maxValue", engine.Number())))),
		of("Date", engine.Maybe("config", engine.Fields(placeholder, engine.Required("format", engine.String()), engine.Maybe("customFormat", engine.String())))),
		engine.Case("Checkbox", common("Checkbox").Except("description").And(
			engine.Required("required", engine.Literal(false)),
			engine.Maybe("config", engine.Fields(engine.Required("defaultValue", engine.Union(engine.Literal("true"), engine.Literal("false"))))),
		)),
		of("Select", engine.Required("config", engine.Fields(placeholder, engine.Required("options", fieldOptions)))),
		of("Url", engine.Maybe("config", engine.Fields(placeholder))),
		of("Regex", engine.Required("config", engine.Fields(placeholder, engine.Required("format", engine.String())))),
		of("Address", parts("formatted streetAddress locality region postalCode country")),
		of("Fullname", parts("givenName middleName familyName")),
	)
}

func profileFieldRoutes(r *engine.Routes) {
	r.Get("/custom-profile-fields", func(c *engine.Context) (any, error) { return sortedFields(c.DB) })
	r.Get("/custom-profile-fields/{name}", func(c *engine.Context) (any, error) {
		row, ok := c.DB.Find(profileFields, c.Param("name"))
		if !ok {
			return nil, engine.NotFound()
		}
		return showField(row)
	})
	r.Post("/custom-profile-fields", 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(fieldBody)
		if err != nil {
			return nil, err
		}
		row, err := addField(c.DB, in)
		if err != nil {
			return nil, err
		}
		return showField(row)
	})
	r.Post("/custom-profile-fields/batch", 201, createFields)
	r.Post("/custom-profile-fields/properties/sie-order", 200, orderFields)
	r.Put("/custom-profile-fields/{name}", 200, putField)
	r.Delete("/custom-profile-fields/{name}", deleteField)
}

// showField answers a row, or fails when it is beyond what answers may hold.
func showField(row engine.Object) (engine.Object, error) {
	var is engine.Issues
	guard := storedFieldConfig.And(engine.Maybe("parts", engine.Array(fieldPart)))
	if _, result := guard.Check(row.Get("config"), nil, &is); result != engine.Good || !profileFields.Answerable(row) {
		return nil, engine.InternalError()
	}
	return row, nil
}

func showFields(rows []engine.Object) ([]engine.Object, error) {
	for _, row := range rows {
		if _, err := showField(row); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func sortedFields(db *engine.Store) ([]engine.Object, error) {
	rows := db.All(profileFields)
	slices.SortStableFunc(rows, func(a, b engine.Object) int { return cmp.Compare(a.Num("sieOrder"), b.Num("sieOrder")) })
	return showFields(rows)
}

func addField(db *engine.Store, in engine.Object) (engine.Object, error) {
	if err := checkField(in, false); err != nil {
		return nil, err
	}
	last := 0.0
	if rows := db.All(profileFields); len(rows) > 0 {
		last = slices.Max(engine.Map(rows, func(row engine.Object) float64 { return row.Num("sieOrder") }))
	}
	row, err := db.Insert(profileFields, in.With("sieOrder", last+1))
	if v, ok := errors.AsType[*engine.Violation](err); ok && v.Kind == engine.UniqueViolated {
		return nil, engine.Fail(422, "custom_profile_fields.name_exists")
	}
	return row, err
}

func createFields(c *engine.Context) (any, error) {
	in, err := c.InputValue(engine.Array(fieldBody).Max(20))
	if err != nil {
		return nil, err
	}
	list, _ := in.([]any)
	for _, item := range list {
		values, _ := item.(engine.Object)
		if err := checkField(values, false); err != nil {
			return nil, err
		}
	}
	rows := []engine.Object{}
	err = c.DB.Atomically(func() error {
		for _, item := range list {
			values, _ := item.(engine.Object)
			row, err := addField(c.DB, values)
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
func putField(c *engine.Context) (any, error) {
	in, err := c.Input(fieldPatch)
	if err != nil {
		return nil, err
	}
	name := c.Param("name")
	if err := checkField(in.With("name", name), true); err != nil {
		return nil, err
	}
	row, err := c.DB.Update(profileFields, in, name)
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
func checkField(in engine.Object, strict bool) error {
	name, config := in.Str("name"), in.Obj("config")
	switch {
	case !fieldName.MatchString(name):
		return engine.Fail(400, "custom_profile_fields.invalid_name")
	case name == "preferredUsername":
		return engine.Fail(400, "custom_profile_fields.name_conflict_built_in_prop")
	case slices.Contains(strings.Fields("onboarding ossOnboarding guideRequests adminConsolePreferences defaultTenantId"), name):
		return engine.Fail(400, "custom_profile_fields.name_conflict_custom_data")
	case slices.Contains(strings.Fields("username primaryEmail primaryPhone email phone"), name):
		return engine.Fail(400, "custom_profile_fields.name_conflict_sign_in_identifier")
	}
	above := func(low, high string) bool {
		return config.Has(low) && config.Has(high) && config.Num(low) > config.Num(high)
	}
	switch kind := in.Str("type"); kind {
	case "Text", "Number":
		if above("minLength", "maxLength") || above("minValue", "maxValue") {
			return engine.Fail(400, "custom_profile_fields.invalid_min_max_input")
		}
	case "Checkbox":
		if strict && !config.Has("defaultValue") {
			return engine.Fail(400, "custom_profile_fields.invalid_default_value")
		}
	case "Select":
		if strict && len(config.List("options")) == 0 {
			return engine.Fail(400, "custom_profile_fields.invalid_options")
		}
	case "Regex":
		// What JavaScript knows and Go does not is given the benefit of the doubt.
		format := config.Str("format")
		_, err := regexp.Compile(format)
		if strict && (format == "" || err != nil && !onlyInPerl.MatchString(format)) {
			return engine.Fail(400, "custom_profile_fields.invalid_regex_format")
		}
	case "Address", "Fullname":
		return checkParts(config.List("parts"), kind, strict)
	}
	return nil
}

func checkParts(parts []any, kind string, strict bool) error {
	if len(parts) == 0 {
		if kind == "Address" {
			return engine.Fail(400, "custom_profile_fields.invalid_address_components")
		}
		return engine.Fail(400, "custom_profile_fields.invalid_fullname_components")
	}
	for _, item := range parts {
		part, _ := item.(engine.Object)
		if inner := part.Str("type"); inner == "Address" || inner == "Fullname" {
			return engine.Fail(400, "custom_profile_fields.invalid_sub_component_type")
		}
	}
	if !strict {
		return nil
	}
	for _, item := range parts {
		part, _ := item.(engine.Object)
		if _, err := engine.Parse(fieldBody, part, "body"); err != nil {
			if kind := part.Str("type"); kind == "Url" || kind == "Date" {
				err.Code = "request.invalid_input"
				return err
			}
			return engine.InternalError() // Logto does not catch it
		}
		if err := checkField(part, true); err != nil {
			return err
		}
	}
	return nil
}

// listedName is the name in an element of a list of {name}.
func listedName(v any) string { o, _ := v.(engine.Object); return o.Str("name") }

// profileFieldsExist checks a list of {name}: none may repeat, all must exist.
func profileFieldsExist(db *engine.Store, list []any) error {
	if err := noFieldTwice(list); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(v any) bool { return !db.Exists(profileFields, listedName(v)) }) {
		return engine.Fail(400, "custom_profile_fields.entity_not_exists_with_names")
	}
	return nil
}

func noFieldTwice(list []any) error {
	names := engine.Map(list, listedName)
	repeated := engine.Filter(engine.Distinct(names), func(name string) bool {
		return len(engine.Filter(names, func(n string) bool { return n == name })) > 1
	})
	if len(repeated) == 0 {
		return nil
	}
	e := engine.InvalidRequest(400, "a profile field repeats")
	e.Data = engine.Object{{"duplicateNames", engine.ToList(repeated)}}
	return e
}

// withKnownFields drops the fields that do not exist from the list of {name} that
// the request sends under a key; before 1.43 Logto refused them. None may repeat.
func withKnownFields(c *engine.Context, in engine.Object, key string) (engine.Object, error) {
	if c.Server.Before("1.41") {
		return in.Without(key), nil // checked and not taken
	}
	list, sent := in.Get(key).([]any)
	if !sent {
		return in, nil
	}
	if c.Server.Before("1.43") {
		return in, profileFieldsExist(c.DB, list)
	}
	if err := noFieldTwice(list); err != nil {
		return nil, err
	}
	return in.With(key, engine.Filter(list, func(v any) bool { return c.DB.Exists(profileFields, listedName(v)) })), nil
}

// orderFields answers only the fields that it was given.
func orderFields(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("order", engine.Array(engine.Fields(engine.Required("name", engine.String()), engine.Required("sieOrder", engine.Number()))))))
	if err != nil {
		return nil, err
	}
	order := in.List("order")
	if err := profileFieldsExist(c.DB, order); err != nil {
		return nil, err
	}
	if len(order) == 0 {
		return nil, engine.EmptyValues()
	}
	rows := []engine.Object{}
	err = c.DB.Atomically(func() error {
		for _, item := range order {
			o, _ := item.(engine.Object)
			if n := o.Num("sieOrder"); n == math.Trunc(n) && (n < math.MinInt16 || n > math.MaxInt16) {
				return engine.InternalError()
			}
			row, err := c.DB.Update(profileFields, o.Pick("sieOrder"), o.Str("name"))
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
func deleteField(c *engine.Context) (any, error) {
	name := c.Param("name")
	if c.Server.Before("1.40") {
		c.DB.RemoveWhere(profileFields, "name", name)
		return nil, nil
	}
	if err := c.DB.Remove(profileFields, name); err != nil {
		return nil, err
	}
	for _, at := range []struct {
		of     *engine.Collection
		column string
	}{{signInExperiences, "signUpProfileFields"}, {accountCenters, "profileFields"}} {
		row, _ := c.DB.Find(at.of, engine.TenantID)
		list, shown := row.Get(at.column).([]any)
		rest := engine.Filter(list, func(v any) bool { o, _ := v.(engine.Object); return o.Str("name") != name })
		if !shown || len(rest) == len(list) {
			continue
		}
		if _, err := c.DB.Update(at.of, engine.Object{{at.column, rest}}, engine.TenantID); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
