// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var phoneDigits = regexp.MustCompile(`^[0-9]+$`)

func testAction() action.Action {
	return framework.Action[test]("test_connector", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Sends a test message with a verification code of zeros through a connector of type `Email` or `Sms`, with its stored settings. It fails if Logto cannot send the message.",
			Attributes: map[string]schema.Attribute{
				"connector_id": schemas.ActionIDAttribute("ID of the `logto_connector`."),
				"email": schema.StringAttribute{
					MarkdownDescription: "Email address of the recipient, for a connector of type `Email`.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty(), stringvalidator.ExactlyOneOf(path.MatchRoot("phone"))},
				},
				"phone": schema.StringAttribute{
					MarkdownDescription: "Phone number of the recipient, for a connector of type `Sms`: the digits of the country calling code and of the number.",
					Optional:            true,
					Validators:          []validator.String{validators.StringFunc("must be digits only, the country calling code first, as 447700900000", phoneDigits.MatchString)},
				},
				"locale": schema.StringAttribute{
					MarkdownDescription: "Language tag of the message, such as `fr`. If it is not set, the connector selects the language.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
			},
		}
	})
}

type test struct {
	ConnectorID types.String `tfsdk:"connector_id"`
	Email       types.String `tfsdk:"email"`
	Phone       types.String `tfsdk:"phone"`
	Locale      types.String `tfsdk:"locale"`
}

// Invoke sends the message.
func (m *test) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	x, err := c.Connectors().Get(ctx, logto.Key{m.ConnectorID.ValueString()})
	if err != nil {
		return err
	}
	for attribute, wrong := range map[string]bool{
		"connectorId": x.Type == logto.SocialConnector,
		"email":       x.Type == logto.SMSConnector && !m.Email.IsNull(),
		"phone":       x.Type == logto.EmailConnector && !m.Phone.IsNull(),
	} {
		if wrong {
			return &logto.InputError{Issues: []logto.Issue{{Path: []any{attribute},
				Message: "The connector " + x.ID + " (" + x.ConnectorID + ") is of type " + x.Type + ". Email connectors send to an email, Sms connectors to a phone, and others nothing."}}}
		}
	}
	message := logto.TestMessage{Email: flex.StringPointer(m.Email), Phone: flex.StringPointer(m.Phone), Locale: flex.StringPointer(m.Locale), Config: x.Config}
	if err := c.TestConnector(ctx, x.ConnectorID, message); err != nil {
		return err
	}
	say("The connector " + x.ID + " (" + x.ConnectorID + ") sent a message to " + m.Email.ValueString() + m.Phone.ValueString() + ".")
	return nil
}
