// SPDX-License-Identifier: MPL-2.0

package saml

import (
	"context"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var samlApplications = framework.Define[samlApplication]("saml_application", samlApplicationSchema, (*logto.Client).SAMLApplications)

const (
	postBinding      = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
	persistentNameID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
)

var (
	nameIDFormats = validators.Enum{persistentNameID, "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
		"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"}

	// claims are the claims that a SAML attribute can have. Logto drops others.
	claims = validators.Enum(strings.Fields(`sub name given_name family_name middle_name nickname preferred_username profile picture
		website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address
		updated_at username created_at custom_data identities sso_identities roles organizations organization_data organization_roles`))
)

func samlApplicationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A SAML application: a service provider for which Logto is the SAML 2.0 identity provider. A self-hosted Logto allows 3 SAML applications. " +
			"Logto creates a signing key for the application, whose certificate is valid for 3 years; use `logto_saml_application_secret` to create other keys.",
		Attributes: schemas.Joined(map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the application. It need not be unique.", 256),
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the application." + planmodifiers.EmptyIsNone,
				Optional:            true,
			},
			"entity_id": schema.StringAttribute{
				MarkdownDescription: "Entity ID of the service provider. Users cannot sign in while it is not set." + planmodifiers.EmptyIsNone,
				Optional:            true,
				Validators:          []validator.String{validators.LengthAtMost(128)},
			},
			"custom_data": schema.StringAttribute{
				MarkdownDescription: "Custom data of the application, as a JSON object." +
					planmodifiers.ForResource("Write it with `jsonencode`. Logto can add and change keys, but cannot remove them: removing a key replaces the application, which then has another ID and another signing key. "+
						"Set the value of the key to `null` to keep the application."),
				CustomType:    customtypes.NormalizedType{},
				Optional:      true,
				Computed:      true,
				Validators:    []validator.String{validators.IsJSONObject()},
				PlanModifiers: []planmodifier.String{planmodifiers.RunTime(customtypes.EmptyObject), stringplanmodifier.RequiresReplaceIf(removesKey, removalReplaces, removalReplaces)},
			},
			"created_at":   schemas.MomentAttribute("Time at which the application was created, in RFC 3339 format."),
			"metadata_url": derived("URL of Logto's metadata for the service provider."),
			"sso_url":      derived("URL of Logto's single sign-on service."),
			"idp_entity_id": derived(
				"Entity ID of Logto as the identity provider of the application."),
			"certificate": derived("Certificate of the active signing key, in PEM format, as in the metadata at the last refresh; null if no key is active. " +
				"It is the one to use for the key that Logto creates with the application. For the key of a `logto_saml_application_secret` use the `certificate` of that resource, which is right in the apply that activates the key."),
		}, assertionAttributes),
	}
}

// assertionAttributes are where Logto sends assertions, and what they are like.
var assertionAttributes = map[string]schema.Attribute{
	"acs_url": schema.SingleNestedAttribute{
		MarkdownDescription: "Assertion consumer service of the service provider, to which Logto sends assertions. Users cannot sign in while it is not set.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				MarkdownDescription: "URL of the service." + planmodifiers.ForResource("It must be an http or https URL."),
				Required:            true,
				Validators:          []validator.String{validators.IsWebURL()},
			},
			"binding": schema.StringAttribute{
				MarkdownDescription: "Binding with which Logto sends assertions." + planmodifiers.ForResource("Logto supports only one."),
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(postBinding),
				Validators:          []validator.String{validators.StringFunc("must be "+postBinding+": Logto sends assertions with no other binding", func(s string) bool { return s == postBinding })},
			},
		},
	},
	"name_id_format": schema.StringAttribute{
		MarkdownDescription: "Format of the NameID in assertions: " + nameIDFormats.String() + ".",
		Optional:            true,
		Computed:            true,
		Default:             stringdefault.StaticString(persistentNameID),
		Validators:          []validator.String{nameIDFormats.OneOf()},
	},
	"attribute_mapping": schema.MapAttribute{
		MarkdownDescription: "SAML attributes of the assertions: the key is a claim of Logto, and the value is the name of the SAML attribute at the service provider. The claims are " + claims.String() + ".",
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Default:             mapdefault.StaticValue(noMapping),
		Validators: []validator.Map{validators.EachKey(claims.OneOfWithNote(
			`The key is the claim, and the value is the name of the SAML attribute at the service provider: { email = "mail" }.`))},
	},
	"encryption": schema.SingleNestedAttribute{
		MarkdownDescription: "Encryption of assertions. If it is not set, Logto does not encrypt them.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"encrypt_assertion": schema.BoolAttribute{
				MarkdownDescription: "Whether Logto encrypts assertions." + planmodifiers.ForResource("`true` requires the two other attributes. Defaults to `false`."),
				Optional:            true,
			},
			"encrypt_then_sign": schema.BoolAttribute{
				MarkdownDescription: "Whether Logto encrypts assertions before it signs them (`true`) or after (`false`).",
				Optional:            true,
			},
			"certificate": schema.StringAttribute{
				MarkdownDescription: "Certificate of the service provider with which Logto encrypts assertions, in PEM format.",
				Optional:            true,
			},
		},
	},
}

func derived(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

const removalReplaces = "Removing a key replaces the application."

// removesKey reports whether the state has a key that the plan does not have.
func removesKey(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	var had, will map[string]json.RawMessage
	if req.PlanValue.IsUnknown() || json.Unmarshal([]byte(req.StateValue.ValueString()), &had) != nil || json.Unmarshal([]byte(req.PlanValue.ValueString()), &will) != nil {
		return
	}
	for key := range had {
		if _, ok := will[key]; !ok {
			resp.RequiresReplace = true
		}
	}
}

var (
	noMapping      = types.MapValueMust(types.StringType, map[string]attr.Value{})
	acsURLType     = map[string]attr.Type{"url": types.StringType, "binding": types.StringType}
	encryptionType = map[string]attr.Type{"encrypt_assertion": types.BoolType, "encrypt_then_sign": types.BoolType, "certificate": types.StringType}
)

type samlApplication struct {
	ID               types.String           `tfsdk:"id"`
	Name             types.String           `tfsdk:"name"`
	Description      types.String           `tfsdk:"description"`
	EntityID         types.String           `tfsdk:"entity_id"`
	ACSURL           types.Object           `tfsdk:"acs_url"`
	NameIDFormat     types.String           `tfsdk:"name_id_format"`
	AttributeMapping types.Map              `tfsdk:"attribute_mapping"`
	Encryption       types.Object           `tfsdk:"encryption"`
	CustomData       customtypes.Normalized `tfsdk:"custom_data"`
	MetadataURL      types.String           `tfsdk:"metadata_url"`
	SSOURL           types.String           `tfsdk:"sso_url"`
	IDPEntityID      types.String           `tfsdk:"idp_entity_id"`
	Certificate      types.String           `tfsdk:"certificate"`
	CreatedAt        customtypes.RFC3339    `tfsdk:"created_at"`
}

var (
	_ framework.ModelWithValidate                    = (*samlApplication)(nil)
	_ framework.ModelWithModifyPlan[samlApplication] = (*samlApplication)(nil)
	_ framework.ModelWithAfterWrite[samlApplication] = (*samlApplication)(nil)
	_ framework.ModelWithAfterRead                   = (*samlApplication)(nil)
	_ framework.ModelWithDisplayName                 = (*samlApplication)(nil)
	_ framework.ModelWithTwin                        = (*samlApplication)(nil)
)

// The fields are those of the API's types, so that each converts to the other.
type (
	acsURL struct {
		Binding string `tfsdk:"binding"`
		URL     string `tfsdk:"url"`
	}
	encryption struct {
		EncryptAssertion *bool   `tfsdk:"encrypt_assertion"`
		EncryptThenSign  *bool   `tfsdk:"encrypt_then_sign"`
		Certificate      *string `tfsdk:"certificate"`
	}
)

func (m *samlApplication) Expand(ctx context.Context) (logto.SAMLApplicationInput, diag.Diagnostics) {
	var diags diag.Diagnostics
	in := logto.SAMLApplicationInput{
		Name:         m.Name.ValueString(),
		Description:  flex.NonEmptyPointer(m.Description),
		CustomData:   customtypes.RawJSON(m.CustomData),
		EntityID:     flex.NonEmptyPointer(m.EntityID),
		NameIDFormat: flex.StringPointer(m.NameIDFormat),
	}
	if known(m.AttributeMapping) {
		diags.Append(m.AttributeMapping.ElementsAs(ctx, &in.AttributeMapping, false)...)
	}
	if known(m.ACSURL) {
		var a acsURL
		diags.Append(m.ACSURL.As(ctx, &a, basetypes.ObjectAsOptions{})...)
		in.ACSURL = (*logto.SAMLACSURL)(&a)
	}
	if known(m.Encryption) {
		var e encryption
		diags.Append(m.Encryption.As(ctx, &e, basetypes.ObjectAsOptions{})...)
		in.Encryption = (*logto.SAMLEncryption)(&e)
	}
	return in, diags
}

func known(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

func (m *samlApplication) Flatten(ctx context.Context, a *logto.SAMLApplication) (diags diag.Diagnostics) {
	m.ID = types.StringValue(a.ID)
	m.Name = types.StringValue(a.Name)
	m.Description = flex.NonEmptyValue(m.Description, a.Description)
	m.EntityID = flex.NonEmptyValue(m.EntityID, a.EntityID)
	m.NameIDFormat = types.StringPointerValue(a.NameIDFormat)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, a.CreatedAt)
	m.CustomData = customtypes.JSONPreserving(m.CustomData, a.CustomData)
	m.AttributeMapping = noMapping
	var d diag.Diagnostics
	if len(a.AttributeMapping) > 0 {
		m.AttributeMapping, d = types.MapValueFrom(ctx, types.StringType, a.AttributeMapping)
		diags.Append(d...)
	}
	m.ACSURL, d = types.ObjectValueFrom(ctx, acsURLType, (*acsURL)(a.ACSURL))
	diags.Append(d...)
	m.Encryption, d = types.ObjectValueFrom(ctx, encryptionType, (*encryption)(a.Encryption))
	diags.Append(d...)
	return diags
}

// AfterWrite reads what the response to a create or an update does not have.
func (m *samlApplication) AfterWrite(ctx context.Context, c *logto.Client, _, _ *samlApplication) error {
	return m.AfterRead(ctx, c, framework.ForRefresh)
}

// AfterRead reads the metadata, and the application itself when it came from a list, which
// has no settings of SAML.
func (m *samlApplication) AfterRead(ctx context.Context, c *logto.Client, _ framework.ReadPurpose) error {
	if m.NameIDFormat.IsNull() {
		a, err := c.SAMLApplications().Get(ctx, logto.Key{m.ID.ValueString()})
		if err != nil {
			return err
		}
		if diags := m.Flatten(ctx, a); diags.HasError() {
			return framework.DiagnosticsError(diags)
		}
	}
	metadata, err := c.SAMLMetadata(ctx, m.ID.ValueString())
	if err != nil {
		// Nothing may stay unknown; the next refresh will tell.
		for _, v := range []*types.String{&m.MetadataURL, &m.SSOURL, &m.IDPEntityID, &m.Certificate} {
			if v.IsUnknown() {
				*v = types.StringNull()
			}
		}
		return err
	}
	m.MetadataURL = types.StringValue(metadata.URL)
	m.SSOURL = types.StringValue(metadata.SSOURL)
	m.IDPEntityID = types.StringValue(metadata.EntityID)
	m.Certificate = flex.NonEmptyValue(types.StringNull(), flex.NonEmptyPointer(types.StringValue(metadata.Certificate)))
	return nil
}

// Validate checks that encryption is complete.
func (m *samlApplication) Validate(_ context.Context, diags *diag.Diagnostics) {
	has := m.Encryption.Attributes()
	if on, ok := has["encrypt_assertion"].(types.Bool); !ok || !on.ValueBool() {
		return
	}
	for _, name := range []string{"encrypt_then_sign", "certificate"} {
		if has[name].IsNull() {
			framework.RefuseAt(diags, framework.Root("encryption").AtName(name), "Missing for encryption",
				"Assertions can be encrypted only when "+name+" is given as well.")
		}
	}
}

// ModifyPlan refuses a certificate with which Logto cannot encrypt: it stores any text, and
// then fails at each sign-in.
func (m *samlApplication) ModifyPlan(_ context.Context, _ *logto.Client, _, state *samlApplication, resp *resource.ModifyPlanResponse) {
	has := m.Encryption.Attributes()
	on, _ := has["encrypt_assertion"].(types.Bool)
	text, ok := has["certificate"].(types.String)
	if !ok || !on.ValueBool() || !flex.IsGiven(text) || isCertificate(text.ValueString()) {
		return
	}
	isThere := state != nil && m.Encryption.Equal(state.Encryption)
	framework.RefuseNew(&resp.Diagnostics, framework.Root("encryption"), isThere, "Logto cannot encrypt with this certificate",
		"encryption.certificate must be an X.509 certificate in PEM format. Logto stores any text, and then fails at each sign-in to the application.")
}

// isCertificate reports whether Logto can read a text as a certificate: with or without
// the lines around it.
func isCertificate(text string) bool {
	const begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), begin), end)
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return false
	}
	var certificate struct {
		Signed    asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}
	rest, err := asn1.Unmarshal(der, &certificate)
	return err == nil && len(rest) == 0
}

// DisplayName names the application in lists.
func (m *samlApplication) DisplayName() string { return m.Name.ValueString() }

// Twin implements [framework.ModelWithTwin].
func (m *samlApplication) Twin() (name, id string) { return m.Name.ValueString(), m.ID.ValueString() }
