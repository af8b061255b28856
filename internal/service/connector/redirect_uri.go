// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// redirectURIAttribute is the URL to which an identity provider sends users back.
func redirectURIAttribute(what, nullFor string) schema.StringAttribute {
	return schemas.SettledAttribute(what + " It begins with the URL at which users sign in: that of the active custom domain of the tenant, or that of the issuer. It is null for " + nullFor + ".")
}

const (
	nativePlatform = "Native"
	samlFactory    = "saml"
)

// AfterWrite finds the redirect URI of a new connector.
func (m *connector) AfterWrite(ctx context.Context, c *logto.Client, _, _ *connector) error {
	return m.findRedirectURI(ctx, c)
}

// AfterRead finds the redirect URI.
func (m *shownConnector) AfterRead(ctx context.Context, c *logto.Client, _ framework.ReadPurpose) error {
	return m.findRedirectURI(ctx, c)
}

func (f *facts) findRedirectURI(ctx context.Context, c *logto.Client) (err error) {
	callback := "/callback/"
	if f.ConnectorID.ValueString() == samlFactory {
		callback = "/api/authn/saml/"
	}
	isWanted := f.Type.ValueString() == logto.SocialConnector && f.Platform.ValueString() != nativePlatform
	f.RedirectURI, err = callbackURL(ctx, c, isWanted, callback, f.ID)
	return err
}

// AfterWrite finds the redirect URI of a new connector.
func (m *ssoConnector) AfterWrite(ctx context.Context, c *logto.Client, _, _ *ssoConnector) error {
	return m.findRedirectURI(ctx, c)
}

// AfterRead finds the redirect URI.
func (m *shownSSOConnector) AfterRead(ctx context.Context, c *logto.Client, _ framework.ReadPurpose) error {
	return m.findRedirectURI(ctx, c)
}

func (f *ssoFacts) findRedirectURI(ctx context.Context, c *logto.Client) (err error) {
	f.RedirectURI, err = callbackURL(ctx, c, overOIDC.Contains(f.ProviderName.ValueString()), "/callback/", f.ID)
	return err
}

// callbackURL is the URL below the sign-in endpoint; null when none is wanted.
func callbackURL(ctx context.Context, c *logto.Client, wanted bool, callback string, id types.String) (types.String, error) {
	if !wanted {
		return types.StringNull(), nil
	}
	endpoint, err := c.SignInEndpoint(ctx)
	if err != nil {
		return types.StringNull(), err
	}
	return types.StringValue(endpoint + callback + id.ValueString()), nil
}

var (
	_ framework.ModelWithAfterWrite[connector]    = (*connector)(nil)
	_ framework.ModelWithAfterWrite[ssoConnector] = (*ssoConnector)(nil)
	_ framework.ModelWithAfterRead                = (*shownConnector)(nil)
	_ framework.ModelWithAfterRead                = (*shownSSOConnector)(nil)
)
