// SPDX-License-Identifier: MPL-2.0

package connector_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// identityProvider is one on this machine: /.well-known/openid-configuration of
// an issuer, /metadata of SAML, and /nothing that is of use.
type identityProvider struct {
	*httptest.Server
	certificate string // PEM
	metadata    string // XML
}

func startIdentityProvider(t *testing.T) *identityProvider {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	p := &identityProvider{certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}
	mux := http.NewServeMux()
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	p.metadata = fmt.Sprintf(`<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%[1]s">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>%[2]s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%[1]s/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`, p.URL, base64.StdEncoding.EncodeToString(der))
	discovery := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": p.URL, "authorization_endpoint": p.URL + "/auth", "token_endpoint": p.URL + "/token",
			"userinfo_endpoint": p.URL + "/me", "jwks_uri": p.URL + "/jwks"})
	}
	mux.HandleFunc("/.well-known/openid-configuration", discovery)
	mux.HandleFunc("/evil/.well-known/openid-configuration", discovery)
	mux.HandleFunc("/odd/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issuer":"odd"}`))
	})
	mux.HandleFunc("/metadata", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(p.metadata)) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html><p>Sign in</html>")) })
	return p
}

func sso(attributes ...string) string {
	return "resource \"logto_sso_connector\" \"test\" {\n  " + strings.Join(attributes, "\n  ") + "\n}"
}

func oidcLife(p *identityProvider) acctest.Lifecycle {
	return acctest.Lifecycle{
		Resource: "logto_sso_connector.test",
		Minimal: sso(`provider_name = "OIDC"`, `connector_name = "{name}"`, `oidc = {
    client_id     = "id"
    client_secret = "secret"
    issuer        = "`+p.URL+`"
  }`),
		Full: sso(`provider_name = "OIDC"`, `connector_name = "{name} full"`, `domains = ["{name}.example", "acme.example"]`,
			`branding = {
    display_name = "Acme"
    logo         = "https://acme.example/logo.png"
    dark_logo    = "https://acme.example/dark.png"
  }`, `sync_profile = true`, `enable_token_storage = false`,
			`oidc = {
    client_id              = "other"
    client_secret          = "other"
    issuer                 = "`+p.URL+`"
    scope                  = "openid groups"
    trust_unverified_email = true
  }`),
		MinimalChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("domains"), knownvalue.ListExact(nil)),
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("sync_profile"), knownvalue.Bool(false)),
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("oidc").AtMapKey("trust_unverified_email"), knownvalue.Bool(false)),
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("acs_url"), knownvalue.Null()),
		},
		Path: "/api/sso-connectors/{id}",
		Change: map[string]any{"connectorName": "changed", "domains": []string{"changed.example"}, "branding": map[string]any{"logo": "x"},
			"config": map[string]any{"clientId": "changed", "clientSecret": "changed", "issuer": p.URL}},
		Drift: map[string]acctest.Outside{
			"connector_name":              {Body: map[string]any{"connectorName": "{name} evil"}},
			"domains":                     {Body: map[string]any{"domains": []string{"evil.example"}}},
			"branding.display_name":       ssoBranding("displayName", "Evil"),
			"branding.logo":               ssoBranding("logo", "https://evil.example/logo.png"),
			"branding.dark_logo":          ssoBranding("darkLogo", "https://evil.example/logo.png"),
			"sync_profile":                {Body: map[string]any{"syncProfile": false}},
			"oidc.client_id":              p.settings("clientId", "evil"),
			"oidc.issuer":                 p.settings("issuer", p.URL+"/evil"),
			"oidc.scope":                  p.settings("scope", "openid evil"),
			"oidc.trust_unverified_email": p.settings("trustUnverifiedEmail", false),
		},
		NoDrift: map[string]string{
			"provider_name":                "Logto does not change it",
			"enable_token_storage":         "it is true only with SECRET_VAULT_KEK",
			"oidc.offline_access":          "it is of GoogleWorkspace only",
			"saml.metadata_url":            otherProtocol,
			"saml.metadata":                otherProtocol,
			"saml.entity_id":               otherProtocol,
			"saml.sign_in_endpoint":        otherProtocol,
			"saml.x509_certificate":        otherProtocol,
			"saml.attribute_mapping.id":    otherProtocol,
			"saml.attribute_mapping.email": otherProtocol,
			"saml.attribute_mapping.name":  otherProtocol,
		},
	}
}

const otherProtocol = "a connector of the other protocol has it"

// ssoBranding is the branding of Full of oidcLife with another value of one key.
func ssoBranding(key, value string) acctest.Outside {
	branding := map[string]any{"displayName": "Acme", "logo": "https://acme.example/logo.png", "darkLogo": "https://acme.example/dark.png"}
	branding[key] = value
	return acctest.Outside{Body: map[string]any{"branding": branding}}
}

// settings are those of Full of oidcLife with another value of one key.
func (p *identityProvider) settings(key string, value any) acctest.Outside {
	config := map[string]any{"clientId": "other", "clientSecret": "other", "issuer": p.URL, "scope": "openid groups", "trustUnverifiedEmail": true}
	config[key] = value
	return acctest.Outside{Body: map[string]any{"config": config}}
}

func TestAccSSOConnector(t *testing.T) { oidcLife(startIdentityProvider(t)).Run(t) }

func TestAccSSOConnector_faults(t *testing.T) { oidcLife(startIdentityProvider(t)).Faults(t) }

func TestAccSSOConnector_SAML(t *testing.T) {
	p := startIdentityProvider(t)
	acctest.Lifecycle{
		Resource: "logto_sso_connector.test",
		Minimal: sso(`provider_name = "SAML"`, `connector_name = "{name}"`, `saml = {
    entity_id        = "https://idp.example"
    sign_in_endpoint = "https://idp.example/sso"
    x509_certificate = `+strconv.Quote(p.certificate)+`
  }`),
		Full: sso(`provider_name = "SAML"`, `connector_name = "{name}"`, `domains = ["{name}.example"]`, `saml = {
    metadata          = `+strconv.Quote(p.metadata)+`
    attribute_mapping = {
      id    = "uid"
      email = "mail"
      name  = "cn"
    }
  }`),
		MinimalChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("sp_entity_id"), knownvalue.StringRegexp(regexp.MustCompile(`^http.*/enterprise-sso/[0-9a-z]{12}$`))),
			statecheck.ExpectKnownValue("logto_sso_connector.test", tfjsonpath.New("acs_url"), knownvalue.StringRegexp(regexp.MustCompile(`^http.*/api/authn/single-sign-on/saml/[0-9a-z]{12}$`))),
		},
		Path:   "/api/sso-connectors/{id}",
		Change: map[string]any{"config": map[string]any{"metadataUrl": p.URL + "/metadata"}},
		Drift: map[string]acctest.Outside{
			"saml.metadata":                p.samlSettings(p.metadata+"<!-- evil -->", "id", "uid"),
			"saml.attribute_mapping.id":    p.samlSettings(p.metadata, "id", "evil"),
			"saml.attribute_mapping.email": p.samlSettings(p.metadata, "email", "evil"),
			"saml.attribute_mapping.name":  p.samlSettings(p.metadata, "name", "evil"),
		},
		Variant: true,
	}.Run(t)
}

// samlSettings are those of the full SAML connector with another value of one attribute.
func (p *identityProvider) samlSettings(metadata, key, value string) acctest.Outside {
	mapping := map[string]any{"id": "uid", "email": "mail", "name": "cn"}
	mapping[key] = value
	return acctest.Outside{Body: map[string]any{"config": map[string]any{"metadata": metadata, "attributeMapping": mapping}}}
}

// Each of the six kinds is made; without settings where it has them elsewhere,
// with the values that the identity provider needs.
func TestAccSSOConnector_beforeItsProvider(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	providers := map[string]string{"OIDC": "oidc", "Okta": "oidc", "AzureAdOidc": "oidc", "GoogleWorkspace": "", "SAML": "saml", "AzureAD": "saml"}
	settings := map[string]string{
		"oidc": fmt.Sprintf("oidc = {\n    client_id     = \"id\"\n    client_secret = \"secret\"\n    issuer        = %q\n  }", p.URL),
		"saml": fmt.Sprintf("saml = { metadata_url = \"%s/metadata\" }", p.URL),
	}
	var bare, full strings.Builder
	for name, protocol := range providers {
		one := func(more string) string {
			return strings.ReplaceAll(sso(fmt.Sprintf("provider_name  = %q", name), fmt.Sprintf("connector_name = \"{name} %s\"", name), more), `"test"`, strconv.Quote(name))
		}
		bare.WriteString(one("") + "\n")
		full.WriteString(one(settings[protocol]) + "\n")
	}
	entity := tfjsonpath.New("sp_entity_id")
	same := statecheck.CompareValue(compare.ValuesSame())
	known := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{
			statecheck.ExpectKnownValue("logto_sso_connector.AzureAD", tfjsonpath.New("acs_url"), knownvalue.NotNull()),
			statecheck.ExpectKnownValue("logto_sso_connector.Okta", entity, knownvalue.Null()),
			same.AddStateValue("logto_sso_connector.SAML", entity),
		}
	}
	configOf := func(s *terraform.State, name string) map[string]any {
		config, _ := target.Get(t, "/api/sso-connectors/"+id(s, "logto_sso_connector."+name))["config"].(map[string]any)
		return config
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: bare.String(), ConfigStateChecks: known()},
		{Config: full.String(), ConfigStateChecks: known(), Check: func(s *terraform.State) error {
			if c := configOf(s, "AzureAD"); c["metadataUrl"] != p.URL+"/metadata" {
				return fmt.Errorf("config %v", c)
			}
			return nil
		}},
		{Config: bare.String(), Check: func(s *terraform.State) error { // they cannot be taken away
			if c := configOf(s, "Okta"); c["clientId"] != "id" {
				return fmt.Errorf("config %v", c)
			}
			return nil
		}},
	}})
}

// A connector that was made and could not be read is in the state.
func TestAccSSOConnector_unread(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := sso(`provider_name = "SAML"`, `connector_name = "{name}"`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			PreConfig: func() {
				target.Server.Inject(fakelogto.Fault{Method: http.MethodGet, Path: "/api/sso-connectors/*", Status: http.StatusInternalServerError, Times: 1})
			},
			Config: config, ExpectError: regexp.MustCompile(`(?s)was\s+created.*could\s+not\s+be\s+read`),
		},
		{Config: config, Check: func(*terraform.State) error {
			if n := target.Server.Rows()["sso_connectors"]; n != 1 {
				return fmt.Errorf("%d connectors, want 1", n)
			}
			return nil
		}},
	}})
}

// What does not change the settings is written without them: the identity
// provider may be down.
func TestAccSSOConnector_providerDown(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	life := oidcLife(p)
	renamed := strings.Replace(life.Minimal, `"{name}"`, `"{name} renamed"`, 1)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: life.Minimal},
		{PreConfig: p.Close, Config: renamed, Check: resource.TestCheckResourceAttr("logto_sso_connector.test", "connector_name", target.Name+" renamed")},
		{Config: strings.Replace(renamed, `"secret"`, `"new"`, 1), ExpectError: regexp.MustCompile(`(?s)oidc = .*oidc\.issuer:\s+Logto\s+could\s+not\s+read\s+the\s+OpenID\s+configuration\s+of\s+the\s+issuer:\s+ECONNREFUSED`)},
	}})
}

// A write-only secret is in no state, and is sent when its version changes, and
// never else.
func TestAccSSOConnector_writeOnly(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	config := func(secret string, version int, client string) string {
		return sso(`provider_name = "Okta"`, `connector_name = "{name}"`, fmt.Sprintf(`oidc = {
    client_id                = %q
    client_secret_wo         = %q
    client_secret_wo_version = %d
    issuer                   = %q
  }`, client, secret, version, p.URL))
	}
	var at string
	const imported = "by-hand"
	has := func(secret, client string) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			at = id(s, "logto_sso_connector.test")
			got := target.Get(t, "/api/sso-connectors/"+at)["config"].(map[string]any)
			if got["clientSecret"] != secret || got["clientId"] != client {
				return fmt.Errorf("config %v, want %s and %s", got, secret, client)
			}
			if strings.Contains(fmt.Sprint(s), secret) != (secret == imported) {
				return fmt.Errorf("whether the secret is in the state: %v", s)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("s-first", 1, "a"), Check: has("s-first", "a")},
		{Config: config("s-ignored", 1, "a"), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}, Check: has("s-first", "a")},
		{Config: config("s-ignored", 1, "b"), Check: has("s-first", "b")}, // other settings change, and the version does not
		{Config: config("s-second", 2, "b"), Check: has("s-second", "b")},
		{Config: strings.NewReplacer("_wo ", " ", "    client_secret_wo_version = 2\n", "").Replace(config("s-third", 2, "b")),
			Check: resource.TestCheckResourceAttr("logto_sso_connector.test", "oidc.client_secret", "s-third")},
		{Config: config("s-fourth", 1, "b"), Check: has("s-fourth", "b")},
	}})

	status, answer := target.Do(t, http.MethodPost, "/api/sso-connectors", map[string]any{"providerName": "Okta", "connectorName": target.Name,
		"config": map[string]any{"clientId": "a", "clientSecret": imported, "issuer": p.URL}})
	if status != http.StatusOK {
		t.Fatal(answer)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("s-fifth", 1, "a"), ResourceName: "logto_sso_connector.test", ImportState: true, ImportStatePersist: true, ImportStateId: answer.(map[string]any)["id"].(string)},
		// What the import read stays where the configuration has no secret, and goes along with the rest.
		{Config: strings.NewReplacer("    client_secret_wo         = \"\"\n", "", "    client_secret_wo_version = 0\n", "").Replace(config("", 0, "b")), Check: has(imported, "b")},
		{Config: config("s-fifth", 1, "a"), Check: has("s-fifth", "a")},
	}})
}

// Empty texts count as none.
func TestAccSSOConnector_nothing(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	has := func(name, key string, want map[string]any) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			got, _ := target.Get(t, "/api/sso-connectors/"+id(s, "logto_sso_connector."+name))[key].(map[string]any)
			if diff := cmp.Diff(want, got); diff != "" {
				return fmt.Errorf("%s of %s (-want +got):\n%s", key, name, diff)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
resource "logto_sso_connector" "oidc" {
  provider_name  = "OIDC"
  connector_name = "{name}"
  branding       = { display_name = "", logo = "https://acme.example/logo.png", dark_logo = "" }
  oidc           = { client_id = "id", client_secret = "secret", issuer = "` + p.URL + `", scope = "" }
}
resource "logto_sso_connector" "saml" {
  provider_name  = "SAML"
  connector_name = "{name}-saml"
  saml           = { metadata_url = "` + p.URL + `/metadata", attribute_mapping = { id = "sub", email = "" } }
}`,
		Check: resource.ComposeTestCheckFunc(
			has("oidc", "branding", map[string]any{"logo": "https://acme.example/logo.png"}),
			has("oidc", "config", map[string]any{"clientId": "id", "clientSecret": "secret", "issuer": p.URL, "trustUnverifiedEmail": false}),
			has("saml", "config", map[string]any{"metadataUrl": p.URL + "/metadata", "attributeMapping": map[string]any{"id": "sub"}})),
	}}})
}

func TestAccSSOConnector_invalid(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	okta, saml, google, name := `provider_name = "Okta"`, `provider_name = "SAML"`, `provider_name = "GoogleWorkspace"`, `connector_name = "{name}"`
	secret := `client_id = "id", client_secret = "secret"`
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{sso(`provider_name = "Auth0"`, name), `GoogleWorkspace`},
		{sso(okta, `connector_name = ""`), `connector_name\s+must\s+have\s+1\s+to\s+128\s+characters`},
		{sso(okta, name, `domains = ["Acme.example"]`), `lower\s+case`},
		{sso(okta, name, `domains = ["a.example", "a.example"]`), `list\s+each\s+once`},
		{sso(okta, name, `oidc = { client_id = "id", client_secret = "x", client_secret_wo = "y", client_secret_wo_version = 1, issuer = "https://idp.example" }`), `cannot\s+be\s+specified\s+when`},
		{sso(okta, name, `oidc = { `+secret+` }`), `needs\s+an\s+issuer`},
		{sso(okta, name, `oidc = { `+secret+`, issuer = "idp.example" }`), `http\s+or\s+https\s+URL`},
		{sso(okta, name, `oidc = { `+secret+`, issuer = "https://idp.example", offline_access = true }`), `Only\s+GoogleWorkspace`},
		{sso(google, name, `oidc = { `+secret+`, issuer = "https://idp.example" }`), `Google's\s+issuer`},
		{sso(okta, name, `saml = { metadata_url = "https://idp.example" }`), `uses\s+OpenID\s+Connect`},
		{sso(saml, name, `oidc = { `+secret+`, issuer = "https://idp.example" }`), `uses\s+SAML`},
		{sso(saml, name, `enable_token_storage = true`), `no\s+tokens`},
		{sso(saml, name, `saml = {}`), `exactly\s+one\s+of`},
		{sso(saml, name, `saml = { metadata_url = "https://idp.example", metadata = `+strconv.Quote(p.metadata)+` }`), `exactly\s+one\s+of`},
		{sso(saml, name, `saml = { entity_id = "x", x509_certificate = "x" }`), `exactly\s+one\s+of`},
		{sso(saml, name, `saml = { metadata = "<a" }`), `(?s)saml\.metadata: .*SAML\s+metadata.*no\s+well-formed\s+XML`},
		{sso(saml, name, `saml = { metadata = "hello" }`), `no\s+element`},
		{sso(saml, name, `saml = { metadata = "<html></html>" }`), `root\s+is\s+another\s+element`},
		{sso(saml, name, `saml = { metadata = "<EntityDescriptor><SPSSODescriptor/></EntityDescriptor>" }`), `no\s+IDPSSODescriptor`},
	} {
		steps = append(steps, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
	}
	for _, c := range []struct{ config, want string }{
		{sso(okta, name, `oidc = { client_id = "id", issuer = "`+p.URL+`" }`), `Set\s+client_secret\s+or\s+client_secret_wo`},
		{sso(okta, name, `domains = ["acme.example", "gmail.com"]`), `(?s)domains = .*gmail\.com.*forbidden_domains`},
		{sso(okta, name, `oidc = { `+secret+`, issuer = "`+p.URL+`/odd" }`), `(?s)oidc = .*no\s+OpenID\s+configuration`},
		{sso(okta, name, `oidc = { `+secret+`, issuer = "`+p.URL+`/nowhere" }`), `(?s)oidc = .*could\s+not\s+read.*404\s+page`},
		{sso(saml, name, `saml = { metadata_url = "`+p.URL+`/nowhere" }`), `(?s)saml = .*could\s+not\s+read\s+this\s+URL`},
		{secretText + sso(saml, name, `saml = { metadata_url = "`+p.URL+`/${var.secret}" }`), `(?s)^[^§]*saml\.metadata_url:\s+Logto\s+could\s+not\s+read\s+this\s+URL[^§]*$`},
		{secretText + sso(okta, name, `oidc = { `+secret+`, issuer = "`+p.URL+`/${var.secret}" }`), `(?s)^[^§]*oidc\.issuer:\s+Logto\s+could\s+not\s+read[^§]*$`},
		{sso(saml, name, `saml = { metadata_url = "`+p.URL+`/page" }`), `(?s)saml = .*no\s+SAML\s+metadata`},
		{sso(saml, name, `saml = { metadata = "<EntityDescriptor><IDPSSODescriptor/></EntityDescriptor>" }`), `(?s)saml = .*no\s+SAML\s+metadata\s+with\s+a\s+certificate`},
		{sso(saml, name, `saml = { entity_id = "x", sign_in_endpoint = "https://idp.example", x509_certificate = "bad" }`), `(?s)saml = .*invalid_certificate.*saml\.x509_certificate: `},
		{sso(okta, name) + `
resource "logto_sso_connector" "twin" {
  provider_name  = "Okta"
  connector_name = logto_sso_connector.test.connector_name
  depends_on     = [logto_sso_connector.test]
}`, `(?s)connector_name\s+= .*duplicate_connector_name`},
	} {
		steps = append(steps, resource.TestStep{Config: c.config, ExpectError: regexp.MustCompile(c.want)})
	}
	if target.Server != nil { // a real one may have a SECRET_VAULT_KEK
		steps = append(steps, resource.TestStep{Config: sso(okta, name, `enable_token_storage = true`),
			ExpectError: regexp.MustCompile(`(?s)enable_token_storage = .*SECRET_VAULT_KEK`)})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

func TestAccSSOConnector_data(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	config := oidcLife(p).Full + `
data "logto_sso_connector" "by_id" {
  id = logto_sso_connector.test.id
}
data "logto_sso_connector" "by_name" {
  connector_name = logto_sso_connector.test.connector_name
}
data "logto_sso_connectors" "all" {
  depends_on = [logto_sso_connector.test]
}
data "logto_sso_connectors" "saml" {
  provider_name = "SAML"
  depends_on    = [logto_sso_connector.test]
}
data "logto_sso_connector_providers" "all" {}
resource "logto_sso_connector" "saml" {
  provider_name  = "SAML"
  connector_name = "{name} saml"
  saml           = { metadata_url = "` + p.URL + `/metadata" }
}
data "logto_sso_connector" "certified" {
  id = logto_sso_connector.saml.id
}
resource "logto_sso_connector" "bare" {
  provider_name  = "OIDC"
  connector_name = "{name} bare"
}
data "logto_sso_connector" "bare" {
  id = logto_sso_connector.bare.id
}
locals {
  oidc = data.logto_sso_connector.by_id.identity_provider
  saml = data.logto_sso_connector.certified.identity_provider
}
output "same" {
  value = [
    data.logto_sso_connector.by_id == data.logto_sso_connector.by_name,
    data.logto_sso_connector.by_id.branding.display_name == "Acme",
    contains(data.logto_sso_connectors.all.sso_connectors[*].id, logto_sso_connector.test.id),
    !contains(data.logto_sso_connectors.saml.sso_connectors[*].id, logto_sso_connector.test.id),
    logto_sso_connector.test.provider_type == "oidc" && data.logto_sso_connector.by_id.provider_type == "oidc",
    logto_sso_connector.saml.provider_type == "saml" && data.logto_sso_connector.certified.provider_type == "saml",
    local.oidc.issuer == "` + p.URL + `" && local.oidc.authorization_endpoint == "` + p.URL + `/auth" && local.oidc.token_endpoint == "` + p.URL + `/token",
    local.oidc.userinfo_endpoint == "` + p.URL + `/me" && local.oidc.jwks_uri == "` + p.URL + `/jwks" && local.oidc.x509_certificate == null,
    local.saml.entity_id == "` + p.URL + `" && local.saml.sign_in_endpoint == "` + p.URL + `/sso" && local.saml.issuer == null,
    trimspace(local.saml.x509_certificate) == trimspace(` + strconv.Quote(p.certificate) + `),
    timecmp(local.saml.certificate_expires_at, "` + time.Now().UTC().AddDate(0, 11, 0).Format(time.RFC3339) + `") > 0 && local.saml.is_certificate_valid,
    data.logto_sso_connector.bare.identity_provider == null,
    one([for c in data.logto_sso_connectors.all.sso_connectors : c if c.id == logto_sso_connector.test.id]).identity_provider == local.oidc,
    { for p in data.logto_sso_connector_providers.all.sso_connector_providers : p.provider_name => p.provider_type } ==
    { OIDC = "oidc", SAML = "saml", AzureAD = "saml", AzureAdOidc = "oidc", GoogleWorkspace = "oidc", Okta = "oidc" },
  ]
}`
	ok := knownvalue.Bool(true)
	steps := []resource.TestStep{{Config: config, ConfigStateChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact(slices.Repeat([]knownvalue.Check{ok}, 14)))}}}
	if acctest.AtLeast(t, "1.14.0", "") {
		steps = append(steps, resource.TestStep{
			Query: true,
			Config: `
list "logto_sso_connector" "all" {
  provider         = logto
  include_resource = true
}`,
			QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLengthAtLeast("logto_sso_connector.all", 1)},
		})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// More connectors than a page has are all found.
func TestAccSSOConnector_many(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := `
resource "logto_sso_connector" "test" {
  count          = 103
  provider_name  = "OIDC"
  connector_name = "{name} ${count.index}"
}
data "logto_sso_connectors" "all" {
  depends_on = [logto_sso_connector.test]
}
output "missing" {
  value = length(setsubtract(logto_sso_connector.test[*].id, data.logto_sso_connectors.all.sso_connectors[*].id))
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("missing", knownvalue.Int64Exact(0))}},
		{
			PreConfig:        target.Reset,
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				if calls := target.Calls(); len(calls) > 30 {
					return fmt.Errorf("%d calls", len(calls))
				}
				return nil
			},
		},
	}})
}
