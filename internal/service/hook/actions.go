// SPDX-License-Identifier: MPL-2.0

package hook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var hookID = schemas.ActionIDAttribute("ID of the webhook.")

func rotateSigningKeyAction() action.Action {
	return framework.Action[rotateSigningKey]("rotate_hook_signing_key", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Rotates the signing key of a webhook. The old key becomes invalid at once. The state of a `logto_hook` has the new key after the next refresh.",
			Attributes:          map[string]schema.Attribute{"hook_id": hookID},
		}
	})
}

type rotateSigningKey struct {
	HookID types.String `tfsdk:"hook_id"`
}

// Invoke creates another key.
func (m *rotateSigningKey) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	h, err := c.RotateHookSigningKey(ctx, m.HookID.ValueString())
	if err == nil {
		say(fmt.Sprintf("The webhook %q has a new signing key.", h.Name))
	}
	return err
}

func testAction() action.Action {
	return framework.Action[test]("test_hook", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Sends a sample payload of each event to the endpoint of a webhook, signed like a real one. It fails if the endpoint does not respond with a status code from 200 to 299.",
			Attributes: map[string]schema.Attribute{
				"hook_id": hookID,
				"events": schema.SetAttribute{
					MarkdownDescription: "Events to send, such as those of `events` in `logto_hook`. Defaults to the events of the webhook.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.Set{setvalidator.SizeAtLeast(1), validators.Each(events.OneOf())},
				},
				"url": schema.StringAttribute{
					MarkdownDescription: "URL of the endpoint. Defaults to the URL of the webhook. The requests have the headers of the webhook in either case.",
					Optional:            true,
					Validators:          []validator.String{validators.IsWebURL()},
				},
			},
		}
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
