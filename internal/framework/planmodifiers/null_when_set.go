// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// An attribute with a write-only twin is null in the state while the twin is used. The
// version of the twin, which the state has, says whether it is used.

// NullWhenSet plans null where the configuration sets the other attribute of the
// same object, so that the state does not keep what a write-only attribute gives.
func NullWhenSet(other string) NullWhenSetModifier { return NullWhenSetModifier{other} }

// NullWhenSetModifier is a plan modifier for a string or a map.
type NullWhenSetModifier struct{ other string }

// Description implements planmodifier.Describer.
func (n NullWhenSetModifier) Description(context.Context) string {
	return "Plans null when " + n.other + " is configured."
}

// MarkdownDescription implements planmodifier.Describer.
func (n NullWhenSetModifier) MarkdownDescription(ctx context.Context) string {
	return n.Description(ctx)
}

// applies reports whether the twin is configured, and not the attribute itself.
func (n NullWhenSetModifier) applies(ctx context.Context, at path.Path, own attr.Value, config tfsdk.Config, diags *diag.Diagnostics) bool {
	var set attr.Value
	diags.Append(config.GetAttribute(ctx, at.ParentPath().AtName(n.other), &set)...)
	return own.IsNull() && set != nil && !set.IsNull()
}

// PlanModifyString implements planmodifier.String.
func (n NullWhenSetModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.StringNull()
	}
}

// PlanModifyMap implements planmodifier.Map.
func (n NullWhenSetModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.MapNull(resp.PlanValue.ElementType(ctx))
	}
}

// versionsInID are versions of write-only attributes behind an import ID.
var versionsInID = regexp.MustCompile(`^(.*)\?([a-z0-9_.]+_wo_version=[0-9]+(?:&[a-z0-9_.]+_wo_version=[0-9]+)*)$`)

// SplitImportID returns an import ID without the versions of write-only attributes
// that may follow it, as in "id?config_wo_version=1". An object that is imported so
// has the state that it would have if the attribute of that version had been applied:
// the secret does not come into the state, and a configuration with that version
// changes nothing.
func SplitImportID(id string) (plain string, versions map[string]int64) {
	parts := versionsInID.FindStringSubmatch(id)
	if parts == nil {
		return id, nil
	}
	versions = map[string]int64{}
	for setting := range strings.SplitSeq(parts[2], "&") {
		name, number, _ := strings.Cut(setting, "=")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return id, nil
		}
		versions[name] = version
	}
	return parts[1], versions
}

// WithoutWriteOnly is what was read for an import, without the values that the
// write-only attributes have whose versions the import named.
func WithoutWriteOnly(read, imported tftypes.Value, diags *diag.Diagnostics) tftypes.Value {
	out, err := tftypes.Transform(read, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		last, ok := at.LastStep().(tftypes.AttributeName)
		if !ok {
			return v, nil
		}
		name, isVersion := strings.CutSuffix(string(last), "_wo_version")
		version, known := ValueAt(imported, at.WithoutLastStep().WithAttributeName(name+"_wo_version"))
		switch {
		case !known || version.IsNull():
			return v, nil
		case isVersion:
			return version, nil
		}
		return tftypes.NewValue(v.Type(), nil), nil
	})
	if err != nil {
		diags.AddError("Could not read what is imported", err.Error())
		return read
	}
	return out
}
