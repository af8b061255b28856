// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func TestSSOSigningKeys(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	client := connect(t, s)
	connector, err := client.SSOConnectors().Create(t.Context(), logto.Key{""}, logto.SSOConnectorInput{
		ConnectorName: "saml", ProviderName: "SAML",
	})
	if err != nil {
		t.Fatal(err)
	}
	keys := client.SSOSigningKeys()
	path := "/api/sso-connectors/" + connector.ID + "/signing-keys"

	// One key is made, even when the answer is lost.
	s.Inject(fakelogto.Fault{Method: http.MethodPost, Path: path, Times: 1, Drop: fakelogto.DropAfter})
	first, err := keys.Create(t.Context(), logto.Key{connector.ID, ""}, logto.SSOSigningKeyInput{Active: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Rows()["saml_sso_connector_signing_keys"]; n != 1 || !first.Active || first.ConnectorID != connector.ID || first.Certificate == "" {
		t.Fatalf("%d keys, made %+v", n, first)
	}
	second, err := keys.Create(t.Context(), logto.Key{connector.ID, ""}, logto.SSOSigningKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(k *logto.SSOSigningKey) logto.Key { return logto.Key{connector.ID, k.ID} }
	if _, err := keys.Update(t.Context(), at(second), logto.SSOSigningKeyInput{}, logto.SSOSigningKeyInput{Active: true}); err != nil {
		t.Fatal(err)
	}
	if first, err = keys.Get(t.Context(), at(first)); err != nil || first.Active {
		t.Fatalf("the other key is active as well: %+v, %v", first, err)
	}

	// The active key can be deleted, unless the connector signs with it.
	for _, k := range []*logto.SSOSigningKey{second, first} {
		if err := keys.Delete(t.Context(), at(k)); err != nil {
			t.Error(err)
		}
		if _, err := keys.Get(t.Context(), at(k)); !logto.IsNotFound(err) {
			t.Errorf("after the delete: %v", err)
		}
	}
	oidc, err := client.SSOConnectors().Create(t.Context(), logto.Key{""}, logto.SSOConnectorInput{ConnectorName: "oidc", ProviderName: "OIDC"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Create(t.Context(), logto.Key{oidc.ID, ""}, logto.SSOSigningKeyInput{}); !logto.HasCode(err, "connector.not_found") {
		t.Errorf("a key of a connector that speaks OpenID Connect: %v", err)
	}
}

func TestDynamicApp(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	client := connect(t, s)
	app := client.DynamicApp()
	if got, err := app.Create(t.Context(), nil, logto.DynamicAppInput{Enabled: new(true)}); err != nil || !got.Enabled {
		t.Fatalf("%+v, %v", got, err)
	}
	if got, err := app.Get(t.Context(), nil); err != nil || !got.Enabled {
		t.Fatalf("%+v, %v", got, err)
	}

	consents := client.DynamicAppConsents()
	none, err := consents.Search(t.Context(), nil, nil)
	if err != nil || len(none) != 0 {
		t.Fatalf("%+v, %v", none, err)
	}
	_, scope := s.Do(http.MethodPost, "/api/organization-scopes", map[string]any{"name": "s"})
	id, _ := scope.(map[string]any)["id"].(string)
	want := logto.ConsentScopesInput{OrganizationScopes: []string{id}, UserScopes: []string{"email", "urn:logto:scope:trusted_devices"}}
	got, err := consents.Create(t.Context(), nil, want)
	if err != nil || !slices.Equal(got.OrganizationScopes, want.OrganizationScopes) || !slices.Equal(got.UserScopes, want.UserScopes) {
		t.Fatalf("%+v, %v", got, err)
	}
	less := want
	less.UserScopes = []string{"email"}
	if got, err = consents.Update(t.Context(), nil, want, less); err != nil || len(got.UserScopes) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if err := consents.Delete(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if n := s.Rows()["cimd_user_scopes"] + s.Rows()["cimd_organization_scopes"]; n != 0 {
		t.Errorf("%d scopes are left", n)
	}
}
