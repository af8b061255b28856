// SPDX-License-Identifier: MPL-2.0

package hook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var hookID = schema.StringAttribute{
	MarkdownDescription: "ID of the webhook.",
	Required:            true,
	Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
}

func rotateSigningKeyAction() action.Action {
	return framework.Action[rotateSigningKey]("rotate_hook_signing_key", schema.Schema{
		MarkdownDescription: "Gives a webhook a new signing key. The old one ends at once. The state of a `logto_hook` has the new key after the next refresh.",
		Attributes:          map[string]schema.Attribute{"hook_id": hookID},
	})
}

type rotateSigningKey struct {
	HookID types.String `tfsdk:"hook_id"`
}

// Invoke makes another key.
func (m *rotateSigningKey) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	h, err := c.RotateHookSigningKey(ctx, m.HookID.ValueString())
	if err == nil {
		say(fmt.Sprintf("The webhook %q has a new signing key.", h.Name))
	}
	return err
}

func testAction() action.Action {
	return framework.Action[test]("test_hook", schema.Schema{
		MarkdownDescription: "Sends an example of each event to the endpoint of a webhook, signed as real events are, and fails when the endpoint does not answer with a status of 200 to 299.",
		Attributes: map[string]schema.Attribute{
			"hook_id": hookID,
			"events": schema.SetAttribute{
				MarkdownDescription: "Events to send: any of those that `logto_hook` can have. Without them, those that the webhook has.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(events.OneOf())},
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "Where to send them to. Without it, the URL of the webhook. Its headers are sent along in either case.",
				Optional:            true,
				Validators:          []validator.String{validators.IsWebURL()},
			},
		},
	})
}

type test struct {
	HookID types.String `tfsdk:"hook_id"`
	Events types.Set    `tfsdk:"events"`
	URL    types.String `tfsdk:"url"`
}

// Invoke sends the events.
func (m *test) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	h, err := c.Hooks().Get(ctx, logto.Key{m.HookID.ValueString()})
	if err != nil {
		return err
	}
	sent, diags := flex.StringSlice(ctx, m.Events)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	if sent == nil {
		sent = h.Events
	}
	if !m.URL.IsNull() {
		h.Config.URL = m.URL.ValueString()
	}
	if err := c.TestHook(ctx, h.ID, sent, h.Config); err != nil {
		return err
	}
	say(fmt.Sprintf("The endpoint took %d event(s) of the webhook %q.", len(sent), h.Name))
	return nil
}
