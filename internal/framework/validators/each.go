// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
)

// Each allows sets and lists of strings, and maps, whose elements all checks allow.
// All elements that a check refuses make one error.
func Each(checks ...validator.String) EachElement { return EachElement{checks: checks} }

// EachKey is [Each] for the keys of maps.
func EachKey(checks ...validator.String) validator.Map {
	return EachElement{checks: checks, keys: true}
}

// EachElement is a validator for sets, lists and maps.
type EachElement struct {
	checks []validator.String
	keys   bool
}

// Checks are what each element must pass; keys is set where they are for the keys of a map.
func (v EachElement) Checks() (checks []validator.String, keys bool) { return v.checks, v.keys }

// Description implements validator.Describer.
func (v EachElement) Description(ctx context.Context) string {
	says := make([]string, len(v.checks))
	for i, c := range v.checks {
		says[i] = c.Description(ctx)
	}
	return "each " + v.noun() + ": " + strings.Join(says, ", ")
}

// MarkdownDescription implements validator.Describer.
func (v EachElement) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v EachElement) noun() string {
	if v.keys {
		return "key"
	}
	return "element"
}

// ValidateSet implements validator.Set.
func (v EachElement) ValidateSet(ctx context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	v.validate(ctx, req.Path, req.ConfigValue.Elements(), false, &resp.Diagnostics)
}

// ValidateList implements validator.List.
func (v EachElement) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	v.validate(ctx, req.Path, req.ConfigValue.Elements(), true, &resp.Diagnostics)
}

// ValidateMap implements validator.Map.
func (v EachElement) ValidateMap(ctx context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	elements := req.ConfigValue.Elements()
	var checked []attr.Value
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		if v.keys {
			checked = append(checked, types.StringValue(key))
		} else {
			checked = append(checked, elements[key])
		}
	}
	v.validate(ctx, req.Path, checked, false, &resp.Diagnostics)
}

func (v EachElement) validate(ctx context.Context, at path.Path, elements []attr.Value, ordered bool, diags *diag.Diagnostics) {
	refused := map[int]bool{} // each element has one error: the first
	for _, check := range v.checks {
		var wrong []int
		var values []string
		for i, e := range elements {
			if !flex.IsGiven(e) || refused[i] {
				continue
			}
			s, d := e.(basetypes.StringValuable).ToStringValue(ctx) //nolint:forcetypeassert // a schema that is not of strings fails every test
			diags.Append(d...)
			var alone validator.StringResponse
			check.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: s}, &alone)
			if alone.Diagnostics.HasError() {
				refused[i], wrong, values = true, append(wrong, i), append(values, s.ValueString())
			}
		}
		if len(wrong) > 0 {
			v.refuse(ctx, at, check, wrong, values, ordered, diags)
		}
	}
}

// refuse makes the error for the elements that a check does not allow.
func (v EachElement) refuse(ctx context.Context, at path.Path, check validator.String, wrong []int, values []string, ordered bool, diags *diag.Diagnostics) {
	rule, ok := check.(StringValidator)
	noun := "value"
	if v.keys {
		noun = "key"
	}
	switch {
	case ok && rule.words != nil:
		rule.refuseWords(diags, at, v.subject(at, wrong, ordered), noun, values)
	case ok && rule.but != nil && len(wrong) == 1 && ordered:
		refuseValue(diags, at.AtListIndex(wrong[0]), rule.says+", and "+rule.but(values[0]))
	case len(wrong) == 1 && ordered:
		refuseValue(diags, at.AtListIndex(wrong[0]), saysOf(ctx, check))
	case ordered:
		refuseElements(diags, at, v.noun(), saysOf(ctx, check)+". Wrong are the elements "+indices(wrong))
	default:
		refuseElements(diags, at, v.noun(), saysOf(ctx, check))
	}
}

// saysOf is what a check demands of a value: "must be …".
func saysOf(ctx context.Context, check validator.String) string {
	return strings.TrimPrefix(check.Description(ctx), "value ")
}

func refuseElements(diags *diag.Diagnostics, at path.Path, noun, says string) {
	shown, _ := shownPath(at)
	diags.AddAttributeError(Outermost(at), customtypes.InvalidValue, fmt.Sprintf("Each %s of attribute %s %s.", noun, shown, says))
}

// subject is the first part of a sentence about wrong elements, with the verb. It
// shows none of them.
func (v EachElement) subject(at path.Path, wrong []int, ordered bool) string {
	at, _ = shownPath(at)
	switch {
	case len(wrong) == 1 && ordered:
		return fmt.Sprintf("The value of attribute %s is", at.AtListIndex(wrong[0]))
	case len(wrong) == 1:
		return fmt.Sprintf("One %s of attribute %s is", v.noun(), at)
	case ordered:
		return fmt.Sprintf("The elements %s of attribute %s are", indices(wrong), at)
	}
	return fmt.Sprintf("%d %ss of attribute %s are", len(wrong), v.noun(), at)
}

// indices lists indices: "0, 2 and 3".
func indices(of []int) string {
	texts := make([]string, len(of))
	for i, n := range of {
		texts[i] = strconv.Itoa(n)
	}
	return enumerate(texts, "", " and ")
}
