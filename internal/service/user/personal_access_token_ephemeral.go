// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralPersonalAccessToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[shortLivedToken]("personal_access_token", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "A personal access token of a user that Terraform creates for one run and deletes at its end. Terraform does not store it in a plan or in the state. " +
				"If the run is interrupted, the token expires by itself.",
			Attributes: map[string]schema.Attribute{
				"user_id": schemas.EphemeralIDAttribute("ID of the user."),
				"name": schema.StringAttribute{
					MarkdownDescription: "Name of the token, which must be unique for the user. " + validators.LengthSays(1, longestTokenName) + " Defaults to `terraform-` and a random suffix.",
					Optional:            true,
					Computed:            true,
					Validators:          []validator.String{validators.Length(1, longestTokenName)},
				},
				"expires_in": schema.Int64Attribute{
					MarkdownDescription: fmt.Sprintf("Lifetime of the token, in seconds, if it is not deleted before. The value must be at least 1. Defaults to `%d`.", defaultTokenLife),
					Optional:            true,
					Computed:            true,
					Validators:          []validator.Int64{validators.Int64Between(1, int64((100 * 365 * 24 * time.Hour).Seconds()))},
				},
				"value":      schemas.EphemeralSecretAttribute("Value of the token."),
				"expires_at": schemas.EphemeralTimeAttribute("Time at which the token expires, in RFC 3339 format."),
			},
		}
	})
}

type shortLivedToken struct {
	UserID    types.String        `tfsdk:"user_id"`
	Name      types.String        `tfsdk:"name"`
	ExpiresIn types.Int64         `tfsdk:"expires_in"`
	Value     types.String        `tfsdk:"value"`
	ExpiresAt customtypes.RFC3339 `tfsdk:"expires_at"`
}

var _ framework.EphemeralModelWithClose = (*shortLivedToken)(nil)

// defaultTokenLife is how many seconds a token outlives a run that was cut off.
const defaultTokenLife = 3600

// Open makes the token.
func (m *shortLivedToken) Open(ctx context.Context, c *logto.Client, _ *diag.Diagnostics) (framework.EphemeralLease, error) {
	if m.Name.IsNull() {
		m.Name = types.StringValue("terraform-" + rand.Text())
	}
	if m.ExpiresIn.IsNull() {
		m.ExpiresIn = types.Int64Value(defaultTokenLife)
	}
	end := c.Now().Add(time.Duration(m.ExpiresIn.ValueInt64()) * time.Second).UnixMilli()
	key := logto.Key{m.UserID.ValueString(), m.Name.ValueString()}
	made, err := c.PersonalAccessTokens().Create(ctx, key, logto.PersonalAccessTokenInput{Name: key.ID(), ExpiresAt: &end})
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	m.Value = types.StringValue(made.Value)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, made.ExpiresAt)
	return framework.EphemeralLease{Key: key}, nil
}

// Close deletes the token.
func (m *shortLivedToken) Close(ctx context.Context, c *logto.Client, key logto.Key) error {
	return c.PersonalAccessTokens().Delete(ctx, key)
}
