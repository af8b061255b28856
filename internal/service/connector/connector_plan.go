// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Validate checks what a standard factory needs.
func (m *connector) Validate(_ context.Context, diags *diag.Diagnostics) {
	if standardFactories.Contains(m.ConnectorID.ValueString()) && m.Target.IsNull() {
		framework.Refuse(diags, "target", "The connector needs a target",
			"A connector of the standard factories "+standardFactories.String()+" is for any provider. Set target to a word by which Logto knows this provider, such as \"acme\".")
	}
	if _, ok := m.Name.Elements()["en"]; !ok && len(m.Name.Elements()) > 0 {
		framework.Refuse(diags, "name", "The name has no English text", "Add a text for the language tag en.")
	}
}

// ModifyPlan compares a new connector with its factory, so that a mistake is found before
// anything is created.
func (m *connector) ModifyPlan(ctx context.Context, c *logto.Client, config, state *connector, resp *resource.ModifyPlanResponse) {
	diags := &resp.Diagnostics
	if state != nil {
		if !m.ConnectorID.Equal(state.ConnectorID) {
			return // it is replaced, and the new one is planned by itself
		}
		m.checkOwn(state, diags)
		if config.hasOtherSettings(state) {
			if factory, err := c.ConnectorFactory(ctx, m.ConnectorID.ValueString()); err == nil {
				var found diag.Diagnostics
				config.checkSettings(factory, &found)
				diags.Append(framework.AsWarnings(found)...)
			}
		}
		return
	}
	if m.ConnectorID.IsUnknown() {
		return
	}
	factory, err := c.ConnectorFactory(ctx, m.ConnectorID.ValueString())
	switch {
	case logto.IsNotFound(err):
		framework.Refuse(diags, "connector_id", "There is no such connector factory",
			"This Logto has no connector factory of this ID. "+known(ctx, c, m.ConnectorID.ValueString()))
		return
	case err != nil:
		return // the apply will say why
	}
	m.Type, m.IsStandard = types.StringValue(factory.Type), types.BoolValue(factory.IsStandard)
	planned := map[string]attr.Value{"type": m.Type, "is_standard": m.IsStandard, "platform": types.StringPointerValue(factory.Platform)}
	if !factory.IsStandard {
		switch {
		case config.Target.IsUnknown(): // the plan that precedes the apply will check it
		case m.Target.IsUnknown():
			planned["target"] = types.StringValue(factory.Target)
		case m.Target.ValueString() != factory.Target:
			framework.Refuse(diags, "target", "The target of this connector is fixed",
				fmt.Sprintf("Connectors of this factory have the target %q. Leave it out.", factory.Target))
		}
	}
	for name, v := range planned {
		diags.Append(resp.Plan.SetAttribute(ctx, framework.Root(name), v)...)
	}
	m.checkOwn(&connector{}, diags)
	if m.EnableTokenStorage.ValueBool() && !factory.IsTokenStorageSupported {
		framework.Refuse(diags, "enable_token_storage", "The connector cannot store tokens",
			"Its factory does not support it. Leave it out.")
	}
	config.checkSettings(factory, diags)
}

// checkOwn refuses attributes that connectors of this factory do not have, unless the
// state has them.
func (m *connector) checkOwn(was *connector, diags *diag.Diagnostics) {
	given := func(now, before attr.Value) bool { return !isNothing(now) && !now.Equal(before) }
	if m.isOrdinary() {
		for _, a := range []struct {
			name        string
			now, before attr.Value
		}{{"name", m.Name, was.Name}, {"logo", m.Logo, was.Logo}, {"logo_dark", m.LogoDark, was.LogoDark}} {
			if given(a.now, a.before) {
				framework.Refuse(diags, a.name, "The "+a.name+" of this connector is fixed",
					"Only connectors of the standard factories "+standardFactories.String()+" can have another "+a.name+". Leave it out.")
			}
		}
	}
	if t := m.Type.ValueString(); t != "" && t != logto.SocialConnector && m.SyncProfile.ValueBool() && !was.SyncProfile.ValueBool() {
		framework.Refuse(diags, "sync_profile", "The connector knows no profiles", "Only social connectors do; this one is of type "+t+". Leave it out.")
	}
}

// isNothing reports whether Logto stores v as no value, or v is unknown.
func isNothing(v attr.Value) bool {
	switch v := v.(type) {
	case types.String:
		return v.ValueString() == ""
	case types.Map:
		return len(v.Elements()) == 0
	}
	return v.IsNull() || v.IsUnknown()
}

// known says which factories there are, and first which one was meant.
func known(ctx context.Context, c *logto.Client, id string) string {
	factories, err := c.ConnectorFactories().Search(ctx, nil, nil)
	if err != nil {
		return ""
	}
	ids := make([]string, len(factories))
	for i, f := range factories {
		ids[i] = f.ID
	}
	return validators.DidYouMean(ids, id) + "It has: " + strings.Join(ids, ", ") + "."
}

// onCreateOnly keeps the value of the state, because the attribute has an effect only when
// the object is created.
type onCreateOnly struct{}

func (onCreateOnly) Description(context.Context) string {
	return "It counts only when the object is created."
}

func (m onCreateOnly) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (onCreateOnly) PlanModifyBool(_ context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	switch {
	case !req.State.Raw.IsNull() && !req.StateValue.IsNull():
		resp.PlanValue = req.StateValue
	case req.ConfigValue.IsNull():
		resp.PlanValue = types.BoolValue(false)
	}
}
