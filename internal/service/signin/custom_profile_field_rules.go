// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

var (
	fieldName   = regexp.MustCompile(`^[0-9A-Za-z]+$`)
	isFieldName = validators.StringFunc("must be letters and digits only", fieldName.MatchString)

	isFieldNameOrAll = validators.StringFunc("must be letters and digits only, or *", func(s string) bool { return s == everything || fieldName.MatchString(s) })

	// reservedNames belong to the user's own properties and to Logto.
	reservedNames = strings.Fields("preferredUsername onboarding ossOnboarding guideRequests adminConsolePreferences defaultTenantId username primaryEmail primaryPhone email phone")
	isFreeName    = validators.StringFunc("must not be a name that Logto uses itself: "+strings.Join(reservedNames, ", "), func(s string) bool { return !slices.Contains(reservedNames, s) })
)

// configOf are the attributes of config that a type has: true for those that
// must be there.
var configOf = map[string]map[string]bool{
	"Text":     {"placeholder": false, "min_length": false, "max_length": false},
	"Number":   {"placeholder": false, "min_value": false, "max_value": false},
	"Date":     {"placeholder": false, "format": true, "custom_format": false},
	"Checkbox": {"default_value": true},
	"Select":   {"placeholder": false, "options": true},
	"Url":      {"placeholder": false},
	"Regex":    {"placeholder": false, "format": true},
	"Address":  {"parts": true},
	"Fullname": {"parts": true},
}

// Validate applies the rules that the server has for a change of a field. When it creates
// a field it accepts more, and could then not change the field.
func (m *profileField) Validate(_ context.Context, diags *diag.Diagnostics) {
	fieldRules{diags}.check(path.Empty(), m.Type, m.Required, m.Description, m.Config)
}

type fieldRules struct{ diags *diag.Diagnostics }

func (r fieldRules) refuse(at path.Path, summary, advice string) {
	framework.RefuseAt(r.diags, at, summary, advice)
}

// check checks a field, or a part of one, at a path.
func (r fieldRules) check(at path.Path, kind types.String, required types.Bool, description types.String, config types.Object) {
	if kind.IsUnknown() || config.IsUnknown() {
		return
	}
	name := kind.ValueString()
	if name == "Checkbox" {
		if required.ValueBool() {
			r.refuse(at.AtName("required"), "A check box cannot be required", "Set required = false.")
		}
		if description.ValueString() != "" {
			r.refuse(at.AtName("description"), "A check box has no description", "Leave description out.")
		}
	}
	inner, has := config.Attributes(), configOf[name]
	for _, attribute := range slices.Sorted(maps.Keys(has)) {
		if v := inner[attribute]; has[attribute] && (v == nil || v.IsNull()) {
			r.refuse(at.AtName("config").AtName(attribute), "Something is missing", "A field of type "+name+" needs config."+attribute+".")
		}
	}
	for _, attribute := range slices.Sorted(maps.Keys(inner)) {
		if _, ok := has[attribute]; !ok && has != nil && flex.IsGiven(inner[attribute]) {
			r.refuse(at.AtName("config").AtName(attribute), "Another type of field has this", "A field of type "+name+" has "+strings.Join(slices.Sorted(maps.Keys(has)), ", ")+".")
		}
	}
	r.checkValues(at.AtName("config"), name, inner)
}

func (r fieldRules) checkValues(at path.Path, kind string, config map[string]attr.Value) {
	for _, ends := range [][2]string{{"min_length", "max_length"}, {"min_value", "max_value"}} {
		low, _ := config[ends[0]].(types.Int64)
		high, _ := config[ends[1]].(types.Int64)
		if above(flex.Int64Pointer(low), flex.Int64Pointer(high)) {
			r.refuse(at.AtName(ends[1]), "No answer is possible", ends[1]+" must be "+ends[0]+" or more.")
		}
	}
	format, _ := config["format"].(types.String)
	custom, _ := config["custom_format"].(types.String)
	switch {
	case kind == "Date" && !isNothing(format) && !dateFormats.Contains(format.ValueString()):
		dateFormats.Check(r.diags, at.AtName("format"), format.ValueString())
	case kind == "Date" && format.ValueString() == "custom" && custom.IsNull():
		r.refuse(at.AtName("custom_format"), "Something is missing", "With format = \"custom\", custom_format says which.")
	case kind == "Regex" && !isRegularExpression(format.ValueString()):
		r.refuse(at.AtName("format"), "This is no regular expression", "Write one for JavaScript, without slashes around it.")
	}
	r.checkTwice(at.AtName("options"), config["options"], "value")
	r.checkTwice(at.AtName("parts"), config["parts"], "name")
	parts, _ := config["parts"].(types.List)
	for i, e := range parts.Elements() {
		part, ok := e.(types.Object)
		if !ok || part.IsUnknown() {
			continue
		}
		r.checkPart(at.AtName("parts").AtListIndex(i), kind, part.Attributes())
	}
}

// checkTwice refuses lists with duplicate elements.
func (r fieldRules) checkTwice(at path.Path, list attr.Value, by string) {
	elements, _ := list.(types.List)
	seen := map[string]bool{}
	for i, e := range elements.Elements() {
		object, _ := e.(types.Object)
		name, _ := object.Attributes()[by].(types.String)
		if isNothing(name) {
			continue
		}
		if seen[name.ValueString()] {
			r.refuse(at.AtListIndex(i), "Users are asked for the same twice", "An element before it has the same "+by+". Remove one of them.")
		}
		seen[name.ValueString()] = true
	}
}

func isNothing(s types.String) bool { return s.ValueString() == "" }

func (r fieldRules) checkPart(at path.Path, of string, part map[string]attr.Value) {
	names := addressParts
	if of == "Fullname" {
		names = fullnameParts
	}
	if name, _ := part["name"].(types.String); !name.IsUnknown() {
		names.Check(r.diags, at.AtName("name"), name.ValueString())
	}
	kind, _ := part["type"].(types.String)
	required, _ := part["required"].(types.Bool)
	description, _ := part["description"].(types.String)
	config, _ := part["config"].(types.Object)
	r.check(at, kind, required, description, config)
}

// onlyInJavaScript is what expressions of JavaScript have and Go's do not.
var onlyInJavaScript = regexp.MustCompile(`\(\?[=!<]|\\[1-9kuc]|\[\^?\]|\{\d{4,}`)

// isRegularExpression refuses an expression only if Go and JavaScript agree that it is
// wrong.
func isRegularExpression(s string) bool {
	_, err := regexp.Compile(s)
	return err == nil || onlyInJavaScript.MatchString(s)
}
