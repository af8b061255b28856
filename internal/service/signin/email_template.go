// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var emailTemplates = framework.Define[emailTemplate]("email_template", emailTemplateSchema, (*logto.Client).EmailTemplates, "language_tag", "template_type").WithoutParents()

var (
	templateTypes = validators.Enum{"SignIn", "Register", "ForgotPassword", "OrganizationInvitation", "Generic", "UserPermissionValidation",
		"BindNewIdentifier", "MfaVerification", "BindMfa"}
	contentTypes = validators.Enum{"text/html", "text/plain"}
)

func emailTemplateSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An email template: the content of the emails of one type in one language. Email connectors whose settings have templates use it instead of those.",
		Attributes: map[string]schema.Attribute{
			"id":            schemas.IDAttribute(),
			"language_tag":  schemas.KeyAttribute("Tag of the language, such as `en` or `pt-BR`.", validators.Length(1, 16), isOneSegment),
			"template_type": schemas.KeyAttribute("Type of the emails: "+templateTypes.String()+".", templateTypes.OneOf()),
			"subject": schema.StringAttribute{
				MarkdownDescription: "Subject of the emails. It can have variables in double braces, such as `{{application.name}}`.",
				Required:            true,
			},
			"content": schema.StringAttribute{
				MarkdownDescription: "Content of the emails. It can have variables in double braces, such as `{{code}}`.",
				Required:            true,
			},
			"created_at":   schemas.MomentAttribute("Time at which the template was created, in RFC 3339 format."),
			"content_type": detail("Type of the content: "+contentTypes.String()+". If it is not set, most connectors use `text/html`.", contentTypes.OneOf()),
			"reply_to":     detail("Reply-to address. It can have variables. If it is not set, the setting of the connector applies."),
			"send_from":    detail("Name or address of the sender, for connectors that support it. It can have variables. If it is not set, the setting of the connector applies."),
		},
	}
}

var isOneSegment = validators.StringFunc("must have no slash and no white space", func(s string) bool { return !strings.ContainsAny(s, "/ \t\r\n") })

func detail(description string, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: checks}
}

type emailTemplate struct {
	ID           types.String        `tfsdk:"id"`
	LanguageTag  types.String        `tfsdk:"language_tag"`
	TemplateType types.String        `tfsdk:"template_type"`
	Subject      types.String        `tfsdk:"subject"`
	Content      types.String        `tfsdk:"content"`
	ContentType  types.String        `tfsdk:"content_type"`
	ReplyTo      types.String        `tfsdk:"reply_to"`
	SendFrom     types.String        `tfsdk:"send_from"`
	CreatedAt    customtypes.RFC3339 `tfsdk:"created_at"`
}

var _ framework.ModelWithValidate = (*emailTemplate)(nil)

// codePlaceholder is where Logto puts a verification code into a text.
var codePlaceholder = regexp.MustCompile(`\{\{\s*code\s*\}\}`)

// Validate warns of emails that should bring a verification code and have none.
func (m *emailTemplate) Validate(_ context.Context, diags *diag.Diagnostics) {
	if !logto.BringsCode(m.TemplateType.ValueString()) || !flex.IsGiven(m.Content) || m.Subject.IsUnknown() ||
		codePlaceholder.MatchString(m.Content.ValueString()) || codePlaceholder.MatchString(m.Subject.ValueString()) {
		return
	}
	framework.Warn(diags, "content", "The email has no verification code",
		"Emails of this template_type bring a verification code, for which {{code}} stands in content or subject, and neither has it. Users who get such an email cannot go on.")
}

func (m *emailTemplate) Expand(context.Context) (logto.EmailTemplateDetails, diag.Diagnostics) {
	return logto.EmailTemplateDetails{
		Subject:     m.Subject.ValueString(),
		Content:     m.Content.ValueString(),
		ContentType: flex.StringPointer(m.ContentType),
		ReplyTo:     flex.StringPointer(m.ReplyTo),
		SendFrom:    flex.StringPointer(m.SendFrom),
	}, nil
}

func (m *emailTemplate) Flatten(_ context.Context, t *logto.EmailTemplate) diag.Diagnostics {
	m.ID = types.StringValue(t.ID)
	m.LanguageTag = types.StringValue(t.LanguageTag)
	m.TemplateType = types.StringValue(t.TemplateType)
	m.Subject = types.StringValue(t.Details.Subject)
	m.Content = types.StringValue(t.Details.Content)
	m.ContentType = types.StringPointerValue(t.Details.ContentType)
	m.ReplyTo = types.StringPointerValue(t.Details.ReplyTo)
	m.SendFrom = types.StringPointerValue(t.Details.SendFrom)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, t.CreatedAt)
	return nil
}
