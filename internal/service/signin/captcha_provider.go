// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var captchaProviders = framework.Define[captchaProvider]("captcha_provider", captchaProviderSchema, (*logto.Client).CaptchaProvider).AtMostOne()

var (
	captchaTypes = validators.Enum{"Turnstile", recaptcha}
	captchaModes = validators.Enum{"invisible", "checkbox"}
)

const recaptcha = "RecaptchaEnterprise"

func captchaProviderSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The captcha provider: the service that protects the sign-in pages from bots. A tenant has at most one: creating the resource replaces an existing one. " +
			"The attribute `captcha_policy` of `logto_sign_in_experience` turns the captcha on; destroying this resource turns it off.",
		Attributes: map[string]schema.Attribute{
			"id": schemas.SingletonIDAttribute(),
			"type": schema.StringAttribute{
				MarkdownDescription: "Service that provides the captcha: " + captchaTypes.String() + ".",
				Required:            true,
				Validators:          []validator.String{captchaTypes.OneOf()},
			},
			"site_key": schema.StringAttribute{
				MarkdownDescription: "Site key, which is public.",
				Required:            true,
				Validators:          []validator.String{notEmpty},
			},
			"secret_key": schemas.SecretAttribute("secret_key", "Secret key of Turnstile, or API key of reCAPTCHA Enterprise."),
			"secret_key_wo": schema.StringAttribute{
				MarkdownDescription: "Alternative to `secret_key`. Logto stores it when `secret_key_wo_version` changes.",
				Optional:            true,
				Sensitive:           true,
				WriteOnly:           true,
				Validators:          []validator.String{notEmpty, stringvalidator.AlsoRequires(path.MatchRoot("secret_key_wo_version"))},
			},
			"secret_key_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `secret_key_wo`, which can be any number. When it changes, Logto stores `secret_key_wo`.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("secret_key_wo"))},
			},
			"project_id": recaptchaOnly("ID of the Google Cloud project."+planmodifiers.ForResource("It is required for type `"+recaptcha+"`, and not allowed for other types."), notEmpty),
			"domain":     recaptchaOnly("Host of the reCAPTCHA script, such as `www.recaptcha.net`."+planmodifiers.ForResource("Only type `"+recaptcha+"` supports it. Defaults to `www.google.com`."), isHost),
			"mode":       recaptchaOnly("Mode of reCAPTCHA: "+captchaModes.String()+"."+planmodifiers.ForResource("Only type `"+recaptcha+"` supports it. Defaults to `invisible`."), captchaModes.OneOf()),
		},
	}
}

var isHost = validators.StringFunc("must be the name of a host, such as www.recaptcha.net", func(s string) bool { return !strings.ContainsAny(s, "/: \t\r\n") })

func recaptchaOnly(description string, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: checks}
}

type captchaProvider struct {
	ID                 types.String `tfsdk:"id"`
	Type               types.String `tfsdk:"type"`
	SiteKey            types.String `tfsdk:"site_key"`
	SecretKey          types.String `tfsdk:"secret_key"`
	SecretKeyWO        types.String `tfsdk:"secret_key_wo"`
	SecretKeyWOVersion types.Int64  `tfsdk:"secret_key_wo_version"`
	ProjectID          types.String `tfsdk:"project_id"`
	Domain             types.String `tfsdk:"domain"`
	Mode               types.String `tfsdk:"mode"`
}

var (
	_ framework.ModelWithValidate                       = (*captchaProvider)(nil)
	_ framework.ModelWithCheckWrite[captchaProvider]    = (*captchaProvider)(nil)
	_ framework.ModelWithCopyWriteOnly[captchaProvider] = (*captchaProvider)(nil)
)

func (m *captchaProvider) Expand(context.Context) (logto.CaptchaProvider, diag.Diagnostics) {
	secret := flex.StringPointer(m.SecretKey)
	if secret == nil {
		secret = flex.StringPointer(m.SecretKeyWO)
	}
	return logto.CaptchaProvider{Config: logto.CaptchaConfig{
		Type:      m.Type.ValueString(),
		SiteKey:   m.SiteKey.ValueString(),
		SecretKey: secret,
		ProjectID: flex.StringPointer(m.ProjectID),
		Domain:    flex.NonEmptyPointer(m.Domain),
		Mode:      flex.StringPointer(m.Mode),
	}, SecretVersion: m.SecretKeyWOVersion.ValueInt64Pointer()}, nil
}

func (m *captchaProvider) Flatten(_ context.Context, p *logto.CaptchaProvider) diag.Diagnostics {
	// The secret belongs into the state where the configuration gives it openly,
	// and where nobody knows yet whether it does.
	if !m.SecretKey.IsNull() || m.Type.IsNull() {
		m.SecretKey = types.StringPointerValue(p.Config.SecretKey)
	}
	m.SecretKeyWO = types.StringNull()
	m.ID = types.StringValue(schemas.SingletonID)
	m.Type = types.StringValue(p.Config.Type)
	m.SiteKey = types.StringValue(p.Config.SiteKey)
	m.ProjectID = types.StringPointerValue(p.Config.ProjectID)
	m.Domain = flex.NonEmptyValue(m.Domain, p.Config.Domain)
	m.Mode = types.StringPointerValue(p.Config.Mode)
	return nil
}

// CopyWriteOnly takes the secret from the configuration.
func (m *captchaProvider) CopyWriteOnly(config *captchaProvider) { m.SecretKeyWO = config.SecretKeyWO }

// forRecaptcha are the attributes for reCAPTCHA Enterprise only.
func (m *captchaProvider) forRecaptcha() map[string]types.String {
	return map[string]types.String{"project_id": m.ProjectID, "domain": m.Domain, "mode": m.Mode}
}

// CheckWrite refuses a configuration without a secret.
func (m *captchaProvider) CheckWrite(_ context.Context, _ *logto.Client, _ *captchaProvider, diags *diag.Diagnostics) {
	framework.NeedSecret(framework.Root("secret_key"), m.SecretKey, m.SecretKeyWOVersion, diags)
}

// Validate checks what depends on the type: Logto would drop settings of another type.
func (m *captchaProvider) Validate(_ context.Context, diags *diag.Diagnostics) {
	switch {
	case m.Type.IsUnknown():
	case m.Type.ValueString() == recaptcha:
		if m.ProjectID.IsNull() {
			framework.Refuse(diags, "project_id", "reCAPTCHA Enterprise needs a project", "Set project_id.")
		}
	default:
		for name, v := range m.forRecaptcha() {
			if flex.IsGiven(v) {
				framework.Refuse(diags, name, "This is for reCAPTCHA Enterprise only", "Leave "+name+" out, or use type "+recaptcha+".")
			}
		}
	}
}
