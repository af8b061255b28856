// SPDX-License-Identifier: MPL-2.0

package connector_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const (
	settings   = "logto_sso_connector_config.test"
	signingKey = "logto_sso_connector_signing_key.test"
)

// bare is a connector without settings.
func bare(provider string) string {
	return sso(`provider_name = "`+provider+`"`, `connector_name = "{name}"`) + "\n"
}

func ssoConfig(attributes ...string) string {
	return "resource \"logto_sso_connector_config\" \"test\" {\n  connector_id = logto_sso_connector.test.id\n  " + strings.Join(attributes, "\n  ") + "\n}\n"
}

func ssoKey(name string, active bool) string {
	return fmt.Sprintf("resource \"logto_sso_connector_signing_key\" %q {\n  connector_id = logto_sso_connector.test.id\n  active = %t\n}\n", name, active)
}

func oidcConfigLife(p *identityProvider) acctest.Lifecycle {
	at := func(o acctest.Outside) acctest.Outside {
		o.How = "PATCH /api/sso-connectors/{connector_id}"
		return o
	}
	return acctest.Lifecycle{
		Resource: settings,
		Setup:    bare("OIDC"),
		Minimal: ssoConfig(`oidc = {
    client_id     = "id"
    client_secret = "secret"
    issuer        = "` + p.URL + `"
  }`),
		Full: ssoConfig(`oidc = {
    client_id              = "other"
    client_secret          = "other"
    issuer                 = "` + p.URL + `"
    scope                  = "openid groups"
    trust_unverified_email = true
  }`),
		Path:     "/api/sso-connectors/{connector_id}",
		ImportID: "{connector_id}",
		Change:   map[string]any{"config": map[string]any{"clientId": "changed", "clientSecret": "changed", "issuer": p.URL}},
		Drift: map[string]acctest.Outside{
			"oidc.client_id":              at(p.settings("clientId", "evil")),
			"oidc.issuer":                 at(p.settings("issuer", p.URL+"/evil")),
			"oidc.scope":                  at(p.settings("scope", "openid evil")),
			"oidc.trust_unverified_email": at(p.settings("trustUnverifiedEmail", false)),
		},
		NoDrift: map[string]string{
			"oidc.offline_access":              "it is of GoogleWorkspace only",
			"saml.metadata_url":                otherProtocol,
			"saml.metadata":                    otherProtocol,
			"saml.entity_id":                   otherProtocol,
			"saml.sign_in_endpoint":            otherProtocol,
			"saml.x509_certificate":            otherProtocol,
			"saml.attribute_mapping.id":        otherProtocol,
			"saml.attribute_mapping.email":     otherProtocol,
			"saml.attribute_mapping.name":      otherProtocol,
			"saml.sign_authn_request":          otherProtocol,
			"saml.request_signature_algorithm": otherProtocol,
		},
	}
}

func TestAccSSOConnectorConfig(t *testing.T) { oidcConfigLife(startIdentityProvider(t)).Run(t) }

func TestAccSSOConnectorConfig_faults(t *testing.T) {
	oidcConfigLife(startIdentityProvider(t)).Faults(t)
}

// signed are the settings of a SAML connector that signs, as the API has them.
func (p *identityProvider) signed(key string, value any) acctest.Outside {
	config := map[string]any{"metadata": p.metadata, "signAuthnRequest": true, "requestSignatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"}
	config[key] = value
	return acctest.Outside{Body: map[string]any{"config": config}, How: "PATCH /api/sso-connectors/{connector_id}"}
}

func TestAccSSOConnectorConfig_signing(t *testing.T) {
	p := startIdentityProvider(t)
	acctest.Lifecycle{
		Resource: settings,
		Since:    "1.43",
		Setup:    bare("SAML") + ssoKey("test", true),
		Minimal:  ssoConfig("saml = {\n    metadata = "+strconv.Quote(p.metadata)+"\n  }", "depends_on = ["+signingKey+"]"),
		MinimalChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(settings, tfjsonpath.New("saml").AtMapKey("sign_authn_request"), knownvalue.Bool(false)),
		},
		Full: ssoConfig(`saml = {
    metadata                    = `+strconv.Quote(p.metadata)+`
    sign_authn_request          = true
    request_signature_algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
  }`, "depends_on = ["+signingKey+"]"),
		Path:     "/api/sso-connectors/{connector_id}",
		ImportID: "{connector_id}",
		Change:   map[string]any{"config": map[string]any{"metadata": p.metadata}},
		Drift: map[string]acctest.Outside{
			"saml.metadata":                    p.signed("metadata", p.metadata+"<!-- evil -->"),
			"saml.sign_authn_request":          p.signed("signAuthnRequest", false),
			"saml.request_signature_algorithm": p.signed("requestSignatureAlgorithm", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
		},
		Variant: true,
	}.Run(t)
}

// The settings have one owner and fit the identity provider.
func TestAccSSOConnectorConfig_plan(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	saml := "saml = {\n    metadata = " + strconv.Quote(p.metadata) + "\n  }"
	oidc := "oidc = {\n    client_id = \"id\"\n    client_secret = \"secret\"\n    issuer = \"" + p.URL + "\"\n  }"
	inline := sso(`provider_name = "SAML"`, `connector_name = "{name}"`, saml) + "\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: bare("SAML") + ssoConfig(saml, oidc), PlanOnly: true, ExpectError: regexp.MustCompile(`2 attributes specified`)},
		{Config: bare("SAML") + ssoConfig(), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)No attribute specified.*oidc,saml`)},
		{Config: bare("SAML")},
		{Config: bare("SAML") + ssoConfig(oidc), ExpectError: regexp.MustCompile(`(?s)uses SAML. Set\s+saml\s+instead`)},
		{Config: inline + ssoConfig(saml), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)Two resources want to be the owner of the settings of the enterprise\s+connector`)},
		{Config: bare("SAML") + ssoConfig(saml)},
	}})
}

// A connector with settings of its own keeps the signing that somebody turned on in the
// Console.
func TestAccSSOConnector_keepsSigning(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	if !target.AtLeast(t, "1.43") {
		t.Skip("needs Logto 1.43")
	}
	inline := func(mapping string) string {
		return sso(`provider_name = "SAML"`, `connector_name = "{name}"`, "saml = {\n    metadata = "+strconv.Quote(p.metadata)+mapping+"\n  }")
	}
	var path string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: inline(""), Check: func(s *terraform.State) error {
			path = "/api/sso-connectors/" + s.RootModule().Resources["logto_sso_connector.test"].Primary.ID
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPost, path+"/signing-keys", map[string]any{"active": true})
				target.Do(t, http.MethodPatch, path, map[string]any{"config": map[string]any{"metadata": p.metadata, "signAuthnRequest": true}})
			},
			Config: inline("\n    attribute_mapping = { email = \"mail\" }"),
			Check: func(*terraform.State) error {
				if config, _ := target.Get(t, path)["config"].(map[string]any); config["signAuthnRequest"] != true {
					return fmt.Errorf("the connector no longer signs: %v", config)
				}
				return nil
			},
		},
	}})
}

var signingKeyLife = acctest.Lifecycle{
	Resource: signingKey,
	Since:    "1.43",
	Setup:    bare("SAML"),
	Minimal:  ssoKey("test", false),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(signingKey, tfjsonpath.New("certificate"), knownvalue.StringRegexp(regexp.MustCompile(`^-----BEGIN CERTIFICATE-----\r?\n`))),
		statecheck.ExpectKnownValue(signingKey, tfjsonpath.New("fingerprint_sha256"), knownvalue.StringRegexp(regexp.MustCompile(`^([0-9A-F]{2}:){31}[0-9A-F]{2}$`))),
		statecheck.ExpectKnownValue(signingKey, tfjsonpath.New("expires_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT.*Z$`))),
	},
	Full:     ssoKey("test", true),
	Find:     "/api/sso-connectors/{connector_id}/signing-keys id={id}",
	ChangeBy: "PATCH /api/sso-connectors/{connector_id}/signing-keys/{id}",
	Change:   map[string]any{"active": false},
	Drift:    map[string]acctest.Outside{"active": {Body: map[string]any{"active": false}}},
	Remove:   "DELETE /api/sso-connectors/{connector_id}/signing-keys/{id}",
	Parent:   "/api/sso-connectors/{connector_id}",
	ImportID: "{connector_id}/{id}",
}

func TestAccSSOConnectorSigningKey(t *testing.T) { signingKeyLife.Run(t) }

func TestAccSSOConnectorSigningKey_faults(t *testing.T) { signingKeyLife.Faults(t) }

// A key in use is replaced before it goes, and told of in the plan where two want to be
// active.
func TestAccSSOConnectorSigningKey_inUse(t *testing.T) {
	t.Parallel()
	p := startIdentityProvider(t)
	target := acctest.Start(t)
	if !target.AtLeast(t, "1.43") {
		t.Skip("needs Logto 1.43")
	}
	signs := func(key string) string {
		return ssoConfig("saml = {\n    metadata = "+strconv.Quote(p.metadata)+"\n    sign_authn_request = true\n  }", "depends_on = [logto_sso_connector_signing_key."+key+"]")
	}
	rotated := func(year string) string {
		key := strings.Replace(ssoKey("test", true), "}\n", "  lifecycle {\n    create_before_destroy = true\n    replace_triggered_by = [terraform_data.year]\n  }\n}\n", 1)
		return bare("SAML") + "resource \"terraform_data\" \"year\" {\n  input = \"" + year + "\"\n}\n" + key + signs("test")
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: bare("SAML") + ssoKey("test", false) + signs("test"), ExpectError: regexp.MustCompile(`(?s)active_signing_key_required.*active = true`)},
		{Config: bare("SAML") + ssoKey("test", true) + signs("test")},
		{Config: bare("SAML") + ssoKey("test", false) + signs("test"), ExpectError: regexp.MustCompile(`(?s)can_not_deactivate_signing_key_in_use.*Activate\s+another\s+key`)},
		{Config: bare("SAML") + ssoKey("test", true) + ssoKey("next", true) + signs("test"), PlanOnly: true, ExpectError: regexp.MustCompile(`Two resources want to be the active signing key`)},
		{Config: rotated("1")},
		{Config: rotated("2")},
	}})
}
