// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// keeper is a server that answers each path with the same JSON, and keeps the
// body of the last write.
type keeper struct {
	mu     sync.Mutex
	has    map[string]string // JSON by path; 404 without one
	wrote  string
	calls  []string
	closer *httptest.Server
}

func keep(t *testing.T, has map[string]string) (*keeper, *logto.Client) {
	t.Helper()
	k := &keeper{has: has}
	k.closer = httptest.NewServer(k)
	t.Cleanup(k.closer.Close)
	c, err := logto.New(logto.Config{Endpoint: k.closer.URL, AppID: "a", AppSecret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	return k, c
}

func (k *keeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/oidc/token" {
		_, _ = w.Write([]byte(`{"access_token":"t","expires_in":3600,"scope":"all"}`))
		return
	}
	k.calls = append(k.calls, r.Method+" "+r.URL.Path)
	if r.Method != http.MethodGet {
		var body json.RawMessage
		_ = json.NewDecoder(r.Body).Decode(&body)
		k.wrote = string(body)
	}
	answer, ok := k.has[r.URL.Path]
	if !ok && r.Method == http.MethodGet {
		w.WriteHeader(http.StatusNotFound)
		answer = `{"code":"entity.not_found"}`
	}
	_, _ = w.Write([]byte(answer))
}

// What others put into an object that the server replaces whole is still there
// after a write: keys that a configuration says nothing of, and keys of a later
// Logto, at every depth.
func TestWritesMerge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path, has string
		update    func(*logto.Client) error
		want      string
	}{
		"organization": {
			"/api/organizations/o", `{"id":"o","name":"Acme","branding":{"logoUrl":"1","favicon":"f"},"color":{"later":{"x":1}},"customData":{"theirs":1}}`,
			func(c *logto.Client) error {
				from := logto.OrganizationInput{Name: "Acme", Branding: &logto.PartialBranding{LogoURL: new("1"), DarkLogoURL: new("d")}, CustomData: json.RawMessage(`{"ours":1}`)}
				to := logto.OrganizationInput{Name: "Acme", Branding: &logto.PartialBranding{LogoURL: new("2")}, Color: &logto.PartialColor{PrimaryColor: new("#000")}, CustomData: json.RawMessage(`{"ours":2}`)}
				return second(c.Organizations().Update(t.Context(), logto.Key{"o"}, from, to))
			},
			`{"branding":{"logoUrl":"2","favicon":"f"},"color":{"later":{"x":1},"primaryColor":"#000"},"customData":{"ours":2}}`,
		},
		"a rename reads nothing": {
			"/api/organizations/o", `{"id":"o","name":"Acme"}`,
			func(c *logto.Client) error {
				return second(c.Organizations().Update(t.Context(), logto.Key{"o"}, logto.OrganizationInput{Name: "a"}, logto.OrganizationInput{Name: "Acme"}))
			},
			`{"name":"Acme"}`,
		},
		"application": {
			"/api/applications/a", `{"id":"a","name":"App","type":"SPA","customClientMetadata":{"later":1,"isDeviceFlow":true,"idTokenTtl":7}}`,
			func(c *logto.Client) error {
				from, to := spa("App"), spa("App")
				from.CustomClientMetadata.IDTokenTTL, from.CustomClientMetadata.RotateRefreshToken = new(7.0), new(true)
				to.CustomClientMetadata.IDTokenTTL = new(8.0)
				return second(c.Applications().Update(t.Context(), logto.Key{"a"}, from, to))
			},
			`{"customClientMetadata":{"later":1,"isDeviceFlow":true,"idTokenTtl":8}}`,
		},
		"application sign-in": {
			"/api/applications/a/sign-in-experience", `{"applicationId":"a","branding":{"favicon":"f"}}`,
			func(c *logto.Client) error {
				return second(c.ApplicationSignIns().Update(t.Context(), logto.Key{"a"}, logto.ApplicationSignInInput{}, logto.ApplicationSignInInput{Branding: &logto.PartialBranding{LogoURL: new("l")}}))
			},
			`{"branding":{"favicon":"f","logoUrl":"l"}}`,
		},
		"access rules": {
			"/api/applications/a/access-control", `{"userIds":["theirs"],"userRoleIds":[],"organizationIds":[],"organizationRoleRules":[],"later":[1]}`,
			func(c *logto.Client) error {
				none := logto.AccessRules{UserIDs: []string{}, UserRoleIDs: []string{}, OrganizationIDs: []string{}, OrganizationRoleRules: []logto.OrganizationRoleRule{}}
				some := none
				some.OrganizationIDs = []string{"ours"}
				return second(c.AccessControls().Update(t.Context(), logto.Key{"a"}, logto.AccessControlInput{Rules: none}, logto.AccessControlInput{Rules: some}))
			},
			`{"userIds":["theirs"],"userRoleIds":[],"organizationIds":["ours"],"organizationRoleRules":[],"later":[1]}`,
		},
		"SAML application": {
			"/api/saml-applications/s", `{"id":"s","name":"S","attributeMapping":{"email":"e","sub":"theirs"},"encryption":{"later":1},"customData":{"theirs":1}}`,
			func(c *logto.Client) error {
				from := logto.SAMLApplicationInput{Name: "S", AttributeMapping: map[string]string{"email": "e"}, Encryption: &logto.SAMLEncryption{}}
				to := logto.SAMLApplicationInput{Name: "S", AttributeMapping: map[string]string{"email": "f"}, Encryption: &logto.SAMLEncryption{EncryptAssertion: new(false)}}
				return second(c.SAMLApplications().Update(t.Context(), logto.Key{"s"}, from, to))
			},
			`{"attributeMapping":{"email":"f","sub":"theirs"},"encryption":{"later":1,"encryptAssertion":false}}`,
		},
		"user": {
			"/api/users/u", `{"id":"u","isSuspended":false,"profile":{"nickname":"n","address":{"country":"c","region":"r"}},"customData":{"theirs":1}}`,
			func(c *logto.Client) error {
				from := logto.UserInput{Profile: logto.UserProfile{Address: &logto.UserAddress{Region: new("r")}}}
				to := logto.UserInput{Profile: logto.UserProfile{ProfileClaims: logto.ProfileClaims{Gender: new("x")}, Address: &logto.UserAddress{Region: new("s")}}}
				return second(c.Users().Update(t.Context(), logto.Key{"u"}, from, to))
			},
			`{"profile":{"nickname":"n","gender":"x","address":{"country":"c","region":"s"}}}`,
		},
		"user without an address": {
			"/api/users/u", `{"id":"u","isSuspended":false,"profile":{"address":{"country":"c","region":"r"}}}`,
			func(c *logto.Client) error {
				from := logto.UserInput{Profile: logto.UserProfile{Address: &logto.UserAddress{Region: new("r")}}}
				return second(c.Users().Update(t.Context(), logto.Key{"u"}, from, logto.UserInput{}))
			},
			`{"profile":{"address":{"country":"c"}}}`,
		},
		"connector": {
			"/api/connectors/c", `{"id":"c","connectorId":"oidc","type":"Social","config":{"theirs":1},"metadata":{"target":"t","logo":"l","name":{"en":"x","fr":"y"}}}`,
			func(c *logto.Client) error {
				from := logto.ConnectorInput{ConnectorID: "oidc", Config: json.RawMessage(`{"a":1}`), Metadata: &logto.ConnectorMetadata{Target: new("t"), Name: map[string]string{"en": "x"}}}
				to := logto.ConnectorInput{ConnectorID: "oidc", Config: json.RawMessage(`{"a":2}`), Metadata: &logto.ConnectorMetadata{Target: new("t"), Name: map[string]string{"en": "z"}}}
				return second(c.Connectors().Update(t.Context(), logto.Key{"c"}, from, to))
			},
			`{"config":{"a":2},"metadata":{"target":"t","logo":"l","name":{"en":"z","fr":"y"}}}`,
		},
		"enterprise connector": {
			"/api/sso-connectors/s", `{"id":"s","connectorName":"S","providerName":"OIDC","branding":{"logo":"l"},"config":{"clientId":"x","clientSecret":"kept","later":1}}`,
			func(c *logto.Client) error {
				from := logto.SSOConnectorInput{ConnectorName: "S", ProviderName: "OIDC", Config: &logto.SSOConfig{ClientID: new("x")}, SecretVersion: new(int64(1))}
				to := logto.SSOConnectorInput{ConnectorName: "S", ProviderName: "OIDC", Config: &logto.SSOConfig{ClientID: new("y"), ClientSecret: new("other")}, SecretVersion: new(int64(1)),
					Branding: &logto.SSOBranding{DisplayName: "d"}}
				return second(c.SSOConnectors().Update(t.Context(), logto.Key{"s"}, from, to))
			},
			`{"branding":{"logo":"l","displayName":"d"},"config":{"clientId":"y","clientSecret":"kept","later":1}}`,
		},
		"enterprise connector, new secret": {
			"/api/sso-connectors/s", `{"id":"s","connectorName":"S","providerName":"OIDC","config":{"clientId":"x","clientSecret":"old"}}`,
			func(c *logto.Client) error {
				from := logto.SSOConnectorInput{ConnectorName: "S", ProviderName: "OIDC", Config: &logto.SSOConfig{ClientID: new("x")}, SecretVersion: new(int64(1))}
				to := from
				to.Config, to.SecretVersion = &logto.SSOConfig{ClientID: new("x"), ClientSecret: new("new")}, new(int64(2))
				return second(c.SSOConnectors().Update(t.Context(), logto.Key{"s"}, from, to))
			},
			`{"config":{"clientId":"x","clientSecret":"new"}}`,
		},
		"enterprise connector, another source": {
			"/api/sso-connectors/s", `{"id":"s","connectorName":"S","providerName":"SAML","config":{"metadataUrl":"u","signAuthnRequest":true}}`,
			func(c *logto.Client) error {
				from := logto.SSOConnectorInput{ConnectorName: "S", ProviderName: "SAML", Config: &logto.SSOConfig{MetadataURL: new("u")}}
				to := logto.SSOConnectorInput{ConnectorName: "S", ProviderName: "SAML", Config: &logto.SSOConfig{Metadata: new("<x/>")}}
				return second(c.SSOConnectors().Update(t.Context(), logto.Key{"s"}, from, to))
			},
			`{"config":{"metadata":"<x/>","signAuthnRequest":true}}`,
		},
		"webhook": {
			"/api/hooks/h", `{"id":"h","name":"H","config":{"url":"u","retries":3,"headers":{"theirs":"1","X":"2"}}}`,
			func(c *logto.Client) error {
				from := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "u", Headers: map[string]string{"X": "2"}}}
				to := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "v", Headers: map[string]string{"X": "2"}}}
				return second(c.Hooks().Update(t.Context(), logto.Key{"h"}, from, to))
			},
			`{"config":{"url":"v","retries":3,"headers":{"theirs":"1","X":"2"}}}`,
		},
		"webhook, headers of the same version": {
			"/api/hooks/h", `{"id":"h","name":"H","config":{"url":"u","headers":{"X":"secret"}}}`,
			func(c *logto.Client) error {
				from := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "u"}, HeadersVersion: new(int64(1))}
				to := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "v", Headers: map[string]string{"X": "other"}}, HeadersVersion: new(int64(1))}
				return second(c.Hooks().Update(t.Context(), logto.Key{"h"}, from, to))
			},
			`{"config":{"url":"v","headers":{"X":"secret"}}}`,
		},
		"webhook, headers of another version": {
			"/api/hooks/h", `{"id":"h","name":"H","config":{"url":"u","headers":{"Old":"secret"}}}`,
			func(c *logto.Client) error {
				from := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "u"}, HeadersVersion: new(int64(1))}
				to := logto.HookInput{Name: "H", Config: logto.HookConfig{URL: "u", Headers: map[string]string{"X": "other"}}, HeadersVersion: new(int64(2))}
				return second(c.Hooks().Update(t.Context(), logto.Key{"h"}, from, to))
			},
			`{"config":{"url":"u","headers":{"X":"other"}}}`,
		},
		"sign-in experience": {
			"/api/sign-in-exp", `{"id":"default","signInMode":"SignIn","passwordPolicy":{"length":{"min":8,"max":256},"rejects":{"pwned":true,"words":["theirs"]}},
				"signIn":{"methods":[{"identifier":"email","password":true,"later":1},{"identifier":"username","password":true}],"later":2},"mfa":{"factors":[],"policy":"x","organizationRequiredMfaPolicy":"Mandatory"}}`,
			func(c *logto.Client) error {
				from := logto.SignInExperience{PasswordPolicy: &logto.PasswordPolicy{Length: &logto.PasswordLength{Min: new(int64(8))}}, MFA: &logto.MFA{Factors: []string{"Totp"}, Policy: "x"}}
				to := logto.SignInExperience{PasswordPolicy: &logto.PasswordPolicy{Length: &logto.PasswordLength{Min: new(int64(12))}},
					SignIn: &logto.SignIn{Methods: []logto.SignInMethod{{Identifier: "phone"}, {Identifier: "email"}}}, MFA: &logto.MFA{Factors: []string{"WebAuthn"}, Policy: "x"}}
				return second(c.SignInExperience().Update(t.Context(), nil, from, to))
			},
			`{"passwordPolicy":{"length":{"min":12,"max":256},"rejects":{"pwned":true,"words":["theirs"]}},
				"signIn":{"methods":[{"identifier":"phone","password":false,"verificationCode":false,"isPasswordPrimary":false},
					{"identifier":"email","password":false,"verificationCode":false,"isPasswordPrimary":false,"later":1}],"later":2},
				"mfa":{"factors":["WebAuthn"],"policy":"x","organizationRequiredMfaPolicy":"Mandatory"}}`,
		},
		"account center": {
			"/api/account-center", `{"enabled":true,"fields":{"name":"Edit","trustedDevice":"Edit"}}`,
			func(c *logto.Client) error {
				from := logto.AccountCenter{Fields: &logto.AccountCenterFields{Name: new("Edit")}}
				return second(c.AccountCenter().Update(t.Context(), nil, from, logto.AccountCenter{Fields: &logto.AccountCenterFields{Name: new("Off")}}))
			},
			`{"fields":{"name":"Off","trustedDevice":"Edit"}}`,
		},
		"captcha, secret not given": {
			"/api/captcha-provider", `{"tenantId":"default","id":"c","createdAt":1,"updatedAt":1,"config":{"type":"Turnstile","siteKey":"a","secretKey":"kept","later":1}}`,
			func(c *logto.Client) error {
				from := logto.CaptchaProvider{Config: logto.CaptchaConfig{Type: "Turnstile", SiteKey: "a"}}
				return second(c.CaptchaProvider().Update(t.Context(), nil, from, logto.CaptchaProvider{Config: logto.CaptchaConfig{Type: "Turnstile", SiteKey: "b"}}))
			},
			`{"config":{"type":"Turnstile","siteKey":"b","secretKey":"kept","later":1}}`,
		},
		"captcha, secret of the same version": {
			"/api/captcha-provider", `{"config":{"type":"Turnstile","siteKey":"a","secretKey":"kept"}}`,
			func(c *logto.Client) error {
				from := logto.CaptchaProvider{Config: logto.CaptchaConfig{Type: "Turnstile", SiteKey: "a"}, SecretVersion: new(int64(1))}
				to := logto.CaptchaProvider{Config: logto.CaptchaConfig{Type: "Turnstile", SiteKey: "b", SecretKey: new("other")}, SecretVersion: new(int64(1))}
				return second(c.CaptchaProvider().Update(t.Context(), nil, from, to))
			},
			`{"config":{"type":"Turnstile","siteKey":"b","secretKey":"kept"}}`,
		},
		"claims of ID tokens": {
			"/api/configs/id-token", `{"enabledExtendedClaims":["roles"],"later":{"x":1}}`,
			func(c *logto.Client) error {
				return second(c.IDTokenConfig().Update(t.Context(), nil, logto.IDTokenConfigInput{}, logto.IDTokenConfigInput{EnabledExtendedClaims: []string{}}))
			},
			`{"enabledExtendedClaims":[],"later":{"x":1}}`,
		},
		"script": {
			"/api/configs/actions/a", `{"script":"1","onExecutionError":"allow","environmentVariables":{"theirs":"1"}}`,
			func(c *logto.Client) error {
				from := logto.ScriptInput{Script: "1", EnvironmentVersion: new(int64(1))}
				return second(c.Actions().Update(t.Context(), logto.Key{"a"}, from, logto.ScriptInput{Script: "2", EnvironmentVersion: new(int64(1))}))
			},
			`{"script":"2","onExecutionError":"allow","environmentVariables":{"theirs":"1"}}`,
		},
		"profile field": {
			"/api/custom-profile-fields/f", `{"name":"f","type":"Fullname","config":{"later":1,"parts":[{"name":"givenName","enabled":true,"type":"Text","required":false,"label":"theirs"}]}}`,
			func(c *logto.Client) error {
				part := logto.ProfileFieldPart{Enabled: true, Name: "givenName", Type: "Text"}
				from := logto.ProfileField{Name: "f", Type: "Fullname", Config: logto.ProfileFieldConfig{Parts: []logto.ProfileFieldPart{part}}}
				part.Required = true
				to := logto.ProfileField{Name: "f", Type: "Fullname", Config: logto.ProfileFieldConfig{Parts: []logto.ProfileFieldPart{part}}}
				return second(c.ProfileFields().Update(t.Context(), logto.Key{"f"}, from, to))
			},
			`{"type":"Fullname","required":false,"config":{"later":1,"parts":[{"name":"givenName","enabled":true,"type":"Text","required":true,"label":"theirs"}]}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			has := map[string]string{"/api/applications": "[]", "/api/applications/a": `{"id":"a","type":"SPA"}`}
			has[c.path] = c.has
			k, client := keep(t, has)
			if err := c.update(client); err != nil {
				t.Fatal(err)
			}
			var got, want any
			if err := json.Unmarshal([]byte(k.wrote), &got); err != nil {
				t.Fatalf("%v in %q", err, k.wrote)
			}
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("written (-want +got):\n%s", diff)
			}
			if reads := len(k.calls); name == "a rename reads nothing" && reads > 1 {
				t.Errorf("called %v", k.calls)
			}
		})
	}
}

// The details of an email template come with a list.
func TestEmailTemplatesMerge(t *testing.T) {
	t.Parallel()
	k, c := keep(t, map[string]string{"/api/email-templates": `[{"id":"t","languageTag":"fr","templateType":"SignIn","details":{"subject":"s","content":"c","replyTo":"theirs","later":1}}]`})
	from := logto.EmailTemplateDetails{Subject: "s", Content: "c"}
	if _, err := c.EmailTemplates().Update(t.Context(), logto.Key{"fr", "SignIn"}, from, logto.EmailTemplateDetails{Subject: "t", Content: "c"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"subject":"t"`, `"replyTo":"theirs"`, `"later":1`} {
		if !strings.Contains(k.wrote, want) {
			t.Errorf("%s was written, want %s in it", k.wrote, want)
		}
	}
}
