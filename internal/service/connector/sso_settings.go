// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
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

const askedEachTime = "Logto contacts the identity provider when the settings change, so it must be reachable then. " +
	"Logto cannot remove the settings: if the attribute is not set, they do not change, and Terraform does not manage them."

// settingsOf is oidc or saml. It is not computed, because it holds a write-only
// attribute.
func settingsOf(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description + " " + askedEachTime, Optional: true, Attributes: attributes}
}

func oidcAttribute() schema.SingleNestedAttribute {
	oidc := settingsOf("Settings of the identity provider for OpenID Connect ("+overOIDC.String()+").", map[string]schema.Attribute{
		"client_id": schema.StringAttribute{
			MarkdownDescription: "Client ID of Logto at the identity provider.",
			Required:            true,
			Validators:          []validator.String{validators.NotEmpty()},
		},
		"client_secret": schemas.SecretAttribute("client_secret", "Client secret of Logto at the identity provider."),
		"client_secret_wo": schema.StringAttribute{
			MarkdownDescription: "Alternative to `client_secret`. Logto stores it when `client_secret_wo_version` changes.",
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators: []validator.String{validators.NotEmpty(),
				stringvalidator.AlsoRequires(path.MatchRoot("oidc").AtName("client_secret_wo_version"))},
		},
		"client_secret_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Version of `client_secret_wo`, which can be any number. When it changes, Logto stores `client_secret_wo`.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("oidc").AtName("client_secret_wo"))},
		},
		"issuer": schema.StringAttribute{
			MarkdownDescription: "Issuer of the identity provider: the URL before `/.well-known/openid-configuration`. It is required, except for `GoogleWorkspace`, which uses the issuer of Google.",
			Optional:            true,
			Validators:          []validator.String{validators.IsWebURL()},
		},
		"scope":                  ssoText("Scopes of the sign-in request in addition to `openid profile email`, separated by spaces."),
		"trust_unverified_email": schemas.FlagAttribute("Whether Logto trusts an email address that the identity provider does not mark as verified.", false),
		"offline_access": schema.BoolAttribute{
			MarkdownDescription: "Whether Logto requests a refresh token. Only `GoogleWorkspace` supports it. Defaults to `false`.",
			Optional:            true,
		},
	})
	oidc.Validators = []validator.Object{objectvalidator.ConflictsWith(path.MatchRoot("saml"))}
	return oidc
}

func samlAttribute() schema.SingleNestedAttribute {
	return settingsOf("Settings of the identity provider for SAML ("+overSAML.String()+"). Set exactly one of `metadata_url`, `metadata`, and `entity_id` with `sign_in_endpoint` and `x509_certificate`.", map[string]schema.Attribute{
		"metadata_url": schema.StringAttribute{
			MarkdownDescription: "URL of the metadata of the identity provider.",
			Optional:            true,
			Validators:          []validator.String{validators.IsWebURL()},
		},
		"metadata": schema.StringAttribute{
			MarkdownDescription: "Metadata of the identity provider, in XML format.",
			Optional:            true,
			Validators:          []validator.String{metadataRule{}},
		},
		"entity_id": schema.StringAttribute{MarkdownDescription: "Entity ID of the identity provider.", Optional: true, Validators: []validator.String{validators.NotEmpty()}},
		"sign_in_endpoint": schema.StringAttribute{
			MarkdownDescription: "Sign-in URL of the identity provider, for the HTTP-Redirect binding.",
			Optional:            true,
			Validators:          []validator.String{validators.IsWebURL()},
		},
		"x509_certificate": schema.StringAttribute{MarkdownDescription: "Certificate of the signing key of the identity provider, in PEM format.", Optional: true, Validators: []validator.String{validators.NotEmpty()}},
		"attribute_mapping": schema.SingleNestedAttribute{
			MarkdownDescription: "Attributes of the assertion from which Logto reads the user.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"id":    assertionAttribute("ID of the user", "nameID"),
				"email": assertionAttribute("email address", "email"),
				"name":  assertionAttribute("name", "name"),
			},
		},
	})
}

func assertionAttribute(what, byDefault string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Name of the attribute that has the " + what + ". If it is not set or empty, Logto reads `" + byDefault + "`.",
		Optional:            true,
	}
}

// metadataRule allows SAML metadata only. The server answers some other texts
// with a bare 500 and others with a complaint about a certificate.
type metadataRule struct{}

func (metadataRule) Description(context.Context) string {
	return "value must be SAML metadata: XML whose root is an EntityDescriptor with an IDPSSODescriptor"
}

func (r metadataRule) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

func (r metadataRule) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !flex.IsGiven(req.ConfigValue) {
		return
	}
	if err := checkMetadata(req.ConfigValue.ValueString()); err != nil {
		framework.RefuseAt(&resp.Diagnostics, req.Path, "Invalid attribute value", r.Description(ctx)+"; "+err.Error()+".")
	}
}

// checkMetadata says what is wrong with a text, without showing the text.
func checkMetadata(text string) error {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var root, provider bool
	for depth := 0; ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && !root:
			return errors.New("it has no element")
		case errors.Is(err, io.EOF) && !provider:
			return errors.New("it has no IDPSSODescriptor, so it is not of an identity provider")
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			line, _ := decoder.InputPos()
			return fmt.Errorf("it is no well-formed XML, from line %d on", line)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 && t.Name.Local != "EntityDescriptor" {
				return errors.New("its root is another element")
			}
			root = true
			provider = provider || depth == 1 && t.Name.Local == "IDPSSODescriptor"
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

// signatureAlgorithms are those with which Logto can sign its requests.
var signatureAlgorithms = validators.Enum{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"}

const ssoConnectorPath = "/api/sso-connectors/{id}"

// signedSAMLAttribute is saml of a connector that exists already, so that it can have a
// signing key.
func signedSAMLAttribute() schema.SingleNestedAttribute {
	saml := samlAttribute()
	saml.Attributes["sign_authn_request"] = schemas.FlagAttribute("Whether Logto signs its requests to the identity provider."+planmodifiers.ForResource("`true` requires an active `logto_sso_connector_signing_key`: name it in `depends_on`.")+
		schemas.SinceSetting(ssoConnectorPath, "config.signAuthnRequest"), false)
	saml.Attributes["request_signature_algorithm"] = schema.StringAttribute{
		MarkdownDescription: "Algorithm of the signature: " + signatureAlgorithms.String() + ". If it is not set, Logto uses the first one." + schemas.SinceSetting(ssoConnectorPath, "config.requestSignatureAlgorithm"),
		Optional:            true,
		Validators:          []validator.String{signatureAlgorithms.OneOf()},
	}
	return saml
}

// setting is the value of an attribute of oidc or saml.
func setting[V attr.Value](object types.Object, name string) V {
	v, _ := object.Attributes()[name].(V)
	return v
}

// config is the settings as the API takes them; nil when they are not managed.
func (m *ssoConnector) config(diags *diag.Diagnostics) *logto.SSOConfig {
	return expandSettings(m.OIDC, m.SAML, diags)
}

// expandSettings is oidc or saml as the API takes them; nil when there is neither.
func expandSettings(oidc, saml types.Object, diags *diag.Diagnostics) *logto.SSOConfig {
	for _, object := range []types.Object{oidc, saml} {
		if object.IsNull() || object.IsUnknown() {
			continue
		}
		c := &logto.SSOConfig{}
		flex.ExpandNested(object, c, diags)
		if secret := flex.StringPointer(setting[types.String](object, "client_secret_wo")); secret != nil {
			c.ClientSecret = secret
		}
		return c
	}
	return nil
}

// oidcValue is what the server has, of the secret only what the configuration shows.
func oidcValue(ctx context.Context, was types.Object, c logto.SSOConfig, diags *diag.Diagnostics) types.Object {
	if setting[types.String](was, "client_secret").IsNull() {
		c.ClientSecret = nil
	}
	return withSetting(flex.FlattenNested(ctx, was, c, diags), "client_secret_wo_version", setting[types.Int64](was, "client_secret_wo_version"))
}

func withSetting(object types.Object, name string, v attr.Value) types.Object {
	attributes := object.Attributes() // a copy
	attributes[name] = v
	return types.ObjectValueMust(object.AttributeTypes(context.Background()), attributes)
}

// Validate checks that the settings are those of the kind of identity provider.
func (m *ssoConnector) Validate(_ context.Context, diags *diag.Diagnostics) {
	provider := m.ProviderName.ValueString()
	wrong := func(at path.Path, detail string) {
		framework.RefuseAt(diags, at, unfitting, detail)
	}
	if overSAML.Contains(provider) {
		if flex.IsGiven(m.OIDC) {
			wrong(framework.Root("oidc"), "This kind of identity provider uses SAML. Set saml instead.")
		}
		if m.EnableTokenStorage.ValueBool() {
			wrong(framework.Root("enable_token_storage"), "This kind of identity provider uses SAML and has no tokens to store. Leave it out.")
		}
	}
	if overOIDC.Contains(provider) && flex.IsGiven(m.SAML) {
		wrong(framework.Root("saml"), "This kind of identity provider uses OpenID Connect. Set oidc instead.")
	}
	if overOIDC.Contains(provider) {
		checkIssuer(provider, m.OIDC, diags)
	}
	checkForm(m.SAML, diags)
}

const unfitting = "The settings do not fit the identity provider"

// checkIssuer checks what depends on which of the providers for OpenID Connect it is.
func checkIssuer(provider string, oidc types.Object, diags *diag.Diagnostics) {
	if !flex.IsGiven(oidc) {
		return
	}
	google := provider == logto.GoogleWorkspace
	issuer, offline := setting[types.String](oidc, "issuer"), setting[types.Bool](oidc, "offline_access")
	switch {
	case google && flex.IsGiven(issuer):
		framework.RefuseAt(diags, framework.Root("oidc").AtName("issuer"), unfitting, "GoogleWorkspace has Google's issuer. Leave it out.")
	case !google && issuer.IsNull():
		framework.RefuseAt(diags, framework.Root("oidc").AtName("issuer"), unfitting, "This kind of identity provider needs an issuer.")
	case !google && flex.IsGiven(offline):
		framework.RefuseAt(diags, framework.Root("oidc").AtName("offline_access"), unfitting, "Only GoogleWorkspace has it. Leave it out.")
	}
}

// checkForm checks that saml describes the identity provider in exactly one way.
func checkForm(saml types.Object, diags *diag.Diagnostics) {
	if flex.IsGiven(saml) && !isClear(saml) {
		framework.Refuse(diags, "saml", "Which identity provider is not clear",
			"Set exactly one of metadata_url, metadata, and the three of entity_id, sign_in_endpoint and x509_certificate together.")
	}
}

// isClear reports whether saml has one of its forms, or may have when it is known.
func isClear(saml types.Object) bool {
	given := 0
	for _, form := range [][]string{{"metadata_url"}, {"metadata"}, {"entity_id", "sign_in_endpoint", "x509_certificate"}} {
		n := 0
		for _, name := range form {
			switch v := setting[types.String](saml, name); {
			case v.IsUnknown():
				return true
			case !v.IsNull():
				n++
			}
		}
		if n > 0 && n < len(form) {
			return false
		}
		if n > 0 {
			given++
		}
	}
	return given == 1
}
