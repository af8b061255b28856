// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
)

// UseEquivalentState plans what is in the state where the configuration says the
// same in another spelling.
func UseEquivalentState(same func(a, b string) bool) planmodifier.String {
	return stringModifier{"Plans no change when only the spelling differs.",
		func(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
			if flex.IsGiven(req.ConfigValue) && flex.IsGiven(req.StateValue) && same(req.ConfigValue.ValueString(), req.StateValue.ValueString()) {
				resp.PlanValue = req.StateValue
			}
		}}
}

// WarnOfRemovalAfterImport warns when the first plan after an import removes a map that
// may hold secrets: the configuration that Terraform generates leaves it out. version
// is the version of its write-only twin.
func WarnOfRemovalAfterImport(version string) planmodifier.Map { return removalAfterImport{version} }

type removalAfterImport struct{ version string }

// Description implements planmodifier.Describer.
func (removalAfterImport) Description(context.Context) string {
	return "Warns when the first plan after an import removes it."
}

// MarkdownDescription implements planmodifier.Describer.
func (m removalAfterImport) MarkdownDescription(ctx context.Context) string {
	return m.Description(ctx)
}

// PlanModifyMap implements planmodifier.Map.
func (m removalAfterImport) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if !req.ConfigValue.IsNull() || len(req.StateValue.Elements()) == 0 || !IsImported(ctx, req.Private, &resp.Diagnostics) {
		return
	}
	var version types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, req.Path.ParentPath().AtName(m.version), &version)...)
	if version.IsNull() {
		resp.Diagnostics.AddAttributeWarning(req.Path, "What was imported is removed",
			fmt.Sprintf("The import found %[1]s, and the configuration has none: Terraform generates none, because they can hold secrets. "+
				"To keep them, set %[1]s or its write-only twin, or list %[1]s in ignore_changes.", req.Path))
	}
}

type stringModifier struct {
	says string
	plan func(context.Context, planmodifier.StringRequest, *planmodifier.StringResponse)
}

// Description implements planmodifier.Describer.
func (m stringModifier) Description(context.Context) string { return m.says }

// MarkdownDescription implements planmodifier.Describer.
func (m stringModifier) MarkdownDescription(context.Context) string { return m.says }

// PlanModifyString implements planmodifier.String.
func (m stringModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	m.plan(ctx, req, resp)
}

// ReplaceOnNewTime replaces the resource when the attribute becomes another
// time, and not when the same time is spelled differently. Nor does it for a time
// that is over, with which nothing can be made in the place of what would be
// deleted: then the model's CheckWrite is to refuse the update, as [CheckEnd] does.
func ReplaceOnNewTime() planmodifier.String {
	const says = "Another time replaces the resource."
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		planned, known := customtypes.Instant(req.PlanValue)
		had, ok := customtypes.Instant(req.StateValue)
		other := req.PlanValue.IsUnknown() || known != ok || planned.UnixMilli() != had.UnixMilli()
		resp.RequiresReplace = other && (!known || planned.After(time.Now()))
	}, says, says)
}
