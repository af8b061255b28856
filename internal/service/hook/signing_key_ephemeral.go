// SPDX-License-Identifier: MPL-2.0

package hook

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func signingKeyEphemeral() ephemeral.EphemeralResource {
	return framework.EphemeralResource[signingKey]("hook_signing_key", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "The signing key of a webhook. Terraform does not store it in a plan or in the state, but the state of a `logto_hook` has it.",
			Attributes: map[string]schema.Attribute{
				"hook_id":     schemas.EphemeralIDAttribute("ID of the webhook."),
				"signing_key": schemas.EphemeralSecretAttribute("Signing key. The header `logto-signature-sha-256` of each request has the HMAC-SHA256 of the body under this key."),
			},
		}
	})
}

type signingKey struct {
	HookID     types.String `tfsdk:"hook_id"`
	SigningKey types.String `tfsdk:"signing_key"`
}

// Open reads the key.
func (m *signingKey) Open(ctx context.Context, c *logto.Client, _ *diag.Diagnostics) (framework.EphemeralLease, error) {
	h, err := c.Hooks().Get(ctx, logto.Key{m.HookID.ValueString()})
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	m.SigningKey = types.StringValue(h.SigningKey)
	return framework.EphemeralLease{}, nil
}
