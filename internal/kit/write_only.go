// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// An attribute with a write-only twin is null in the state while the twin is
// used. That it is, the twin's version says, which the state has.

// NullBeside plans null where the configuration sets the other attribute of the
// same object, so that the state does not keep what a write-only attribute gives.
func NullBeside(other string) NullBesideModifier { return NullBesideModifier{other} }

// NullBesideModifier is a plan modifier for a string or a map.
type NullBesideModifier struct{ other string }

// Description implements planmodifier.Describer.
func (n NullBesideModifier) Description(context.Context) string {
	return "Plans null when " + n.other + " is configured."
}

// MarkdownDescription implements planmodifier.Describer.
func (n NullBesideModifier) MarkdownDescription(ctx context.Context) string {
	return n.Description(ctx)
}

// applies reports whether it is the twin that is configured.
func (n NullBesideModifier) applies(ctx context.Context, at path.Path, own attr.Value, config tfsdk.Config, diags *diag.Diagnostics) bool {
	var set attr.Value
	diags.Append(config.GetAttribute(ctx, at.ParentPath().AtName(n.other), &set)...)
	return own.IsNull() && set != nil && !set.IsNull()
}

// PlanModifyString implements planmodifier.String.
func (n NullBesideModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.StringNull()
	}
}

// PlanModifyMap implements planmodifier.Map.
func (n NullBesideModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.MapNull(resp.PlanValue.ElementType(ctx))
	}
}

// Secret is an attribute for a secret that there has to be, here or in the
// write-only twin. An import reads it, and the configuration that Terraform
// generates then leaves it out, so that only a plan can miss it: see [NeedSecret].
func Secret(name, description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " It is stored in the state; `" + name + "_wo` is not. Set one of the two.",
		Optional:            true,
		Computed:            true,
		Sensitive:           true,
		Validators: []validator.String{NotEmpty(),
			stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName(name + "_wo"))},
		PlanModifiers: []planmodifier.String{Kept(types.StringNull()), NullBeside(name + "_wo_version")},
	}
}

// NeedSecret refuses a plan with neither the [Secret] at that path nor its
// write-only twin of that version.
func NeedSecret(at path.Path, secret types.String, version types.Int64, diags *diag.Diagnostics) {
	if secret.IsNull() && version.IsNull() {
		step, _ := at.Steps().LastStep()
		name := step.String()
		diags.AddAttributeError(at, "The "+name+" is missing", "Give "+name+" or "+name+"_wo.")
	}
}

// versionsInID are versions of write-only attributes behind an import ID.
var versionsInID = regexp.MustCompile(`^(.*)\?([a-z0-9_.]+_wo_version=[0-9]+(?:&[a-z0-9_.]+_wo_version=[0-9]+)*)$`)

// splitImportID returns an import ID without the versions of write-only attributes
// that may follow it, as in "id?config_wo_version=1". An object that is imported so
// has the state that it would have if the attribute of that version had been applied:
// the secret does not come into the state, and a configuration with that version
// changes nothing.
func splitImportID(id string) (plain string, versions map[string]int64) {
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

// withoutWriteOnly is what was read for an import, without the values that the
// write-only attributes have whose versions the import named.
func withoutWriteOnly(read, imported tftypes.Value, diags *diag.Diagnostics) tftypes.Value {
	out, err := tftypes.Transform(read, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		last, ok := at.LastStep().(tftypes.AttributeName)
		if !ok {
			return v, nil
		}
		name, isVersion := strings.CutSuffix(string(last), "_wo_version")
		version, known := valueAt(imported, at.WithoutLastStep().WithAttributeName(name+"_wo_version"))
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

// StringMap is what a map of strings or its write-only twin says to the API; nil
// when neither is known.
func StringMap(ctx context.Context, own, twin types.Map) (out map[string]string, diags diag.Diagnostics) {
	for _, m := range []types.Map{own, twin} {
		if !m.IsNull() && !m.IsUnknown() {
			diags.Append(m.ElementsAs(ctx, &out, false)...)
		}
	}
	return out, diags
}

// StringMapValue is what the API answered for such a map. It is null while the
// twin is used; of nothing, whichever of null and {} the configuration has stays.
func StringMapValue(was types.Map, twinVersion types.Int64, answered map[string]string) types.Map {
	none := types.MapNull(types.StringType)
	switch {
	case !twinVersion.IsNull():
		return none
	case len(answered) > 0:
		values := make(map[string]attr.Value, len(answered))
		for k, v := range answered {
			values[k] = types.StringValue(v)
		}
		return types.MapValueMust(types.StringType, values)
	case was.IsUnknown() || len(was.Elements()) > 0:
		return none
	}
	return was
}
