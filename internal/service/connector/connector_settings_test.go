// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func reported(t *testing.T) map[string]*logto.ConnectorFactory {
	t.Helper()
	status, answer := fakelogto.Start(t).Do(http.MethodGet, "/api/connector-factories", nil)
	encoded, err := json.Marshal(answer)
	var all []*logto.ConnectorFactory
	if err != nil || status != http.StatusOK || json.Unmarshal(encoded, &all) != nil {
		t.Fatal(status, err)
	}
	byID := map[string]*logto.ConnectorFactory{}
	for _, f := range all {
		byID[f.ID] = f
	}
	return byID
}

func found(f *logto.ConnectorFactory, settings string) (diags diag.Diagnostics) {
	m := connector{Config: customtypes.NewCompactJSONValue(json.RawMessage(settings)), ConfigWO: customtypes.CompactJSONNull}
	m.checkSettings(f, &diags)
	return diags
}

// What the guide documents of each factory, which is compared with what Logto checks,
// gives no error and no warning: neither all keys nor those that are required.
func TestSettingsOfEveryFactory(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../cmd/docs/factories.json")
	if err != nil {
		t.Fatal(err)
	}
	var documented []struct {
		ID   string
		Keys []struct {
			Key      string
			Required bool
		}
	}
	if err := json.Unmarshal(text, &documented); err != nil {
		t.Fatal(err)
	}
	factories := reported(t)
	for _, d := range documented {
		for _, everything := range []bool{true, false} {
			settings := map[string]any{}
			for _, k := range d.Keys {
				if (everything || k.Required) && !strings.ContainsAny(k.Key, ".[") {
					settings[k.Key] = "x"
				}
			}
			encoded, _ := json.Marshal(settings)
			for _, got := range found(factories[d.ID], string(encoded)) {
				t.Errorf("%s: %s\n%s", d.ID, got.Summary(), got.Detail())
			}
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	factories := reported(t)
	templates := func(usages ...string) string {
		var list []string
		for _, u := range usages {
			list = append(list, fmt.Sprintf(`{"usageType": %q}`, u))
		}
		return `"templates": [` + strings.Join(list, ", ") + `]`
	}
	for name, c := range map[string]struct {
		factory, settings string
		errors, warning   string // what the detail has; "" if there must be none
	}{
		"complete":            {"discord-universal", `{"clientId": "a", "clientSecret": "b"}`, "", ""},
		"missing":             {"discord-universal", `{"clientId": "a"}`, "config.clientSecret", ""},
		"empty":               {"discord-universal", `{"clientId": "a", "clientSecret": ""}`, "config.clientSecret", ""},
		"misspelled":          {"discord-universal", `{"clientId": "a", "clientSecrt": "b"}`, `Did you mean "clientSecret"?`, `Did you mean "clientSecret"?`},
		"unknown":             {"discord-universal", `{"clientId": "a", "clientSecret": "b", "zzz": 1}`, "", "config.zzz"},
		"not in the form":     {"google-universal", `{"clientId": "a", "clientSecret": "b", "oneTap": {"isEnabled": true}}`, "", ""},
		"a condition":         {"saml", `{"entityID": "a", "x509Certificate": "b", "idpMetadataXml": "c", "assertionConsumerServiceUrl": "d", "signAuthnRequest": true}`, "config.privateKey", ""},
		"usages":              {"yunpian-sms", `{"apikey": "a", ` + templates("SignIn", "Register", "Generic", "ForgotPassword") + `}`, "", ""},
		"a missing usage":     {"yunpian-sms", `{"apikey": "a", ` + templates("SignIn", "Register", "Generic") + `}`, "usage types ForgotPassword", ""},
		"every usage":         {"aliyun-short-message-auth-service", `{"accessKeyId": "a", "accessKeySecret": "b", "signName": "c", ` + templates(basicUsages...) + `}`, "MfaVerification, BindMfa", ""},
		"any usage":           {"smsbao-sms", `{"username": "a", "passwordOrApiKey": "b", ` + templates("Generic") + `}`, "", ""},
		"no code":             {"yunpian-sms", strings.Replace(`{"apikey": "a", `+templates("Generic", "SignIn", "Register", "ForgotPassword")+`}`, `"SignIn"`, `"SignIn", "content": "Hello"`, 1), "", "config.templates[1]"},
		"a code":              {"yunpian-sms", strings.Replace(`{"apikey": "a", `+templates("Generic", "SignIn", "Register", "ForgotPassword")+`}`, `"SignIn"`, `"SignIn", "content": "{{ code }}"`, 1), "", ""},
		"a code in a subject": {"yunpian-sms", strings.Replace(`{"apikey": "a", `+templates("Generic", "SignIn", "Register", "ForgotPassword")+`}`, `"SignIn"`, `"SignIn", "content": "x", "subject": "{{code}}"`, 1), "", ""},
		"an invitation":       {"yunpian-sms", strings.Replace(`{"apikey": "a", `+templates("Generic", "SignIn", "Register", "ForgotPassword", "OrganizationInvitation")+`}`, `"OrganizationInvitation"`, `"OrganizationInvitation", "content": "x"`, 1), "", ""},
		"templates, no list":  {"yunpian-sms", `{"apikey": "a", "templates": "x"}`, "", ""},
		"nothing to be found": {"discord-universal", `{}`, "config.clientId", ""},
	} {
		got := found(factories[c.factory], c.settings)
		for kind, want := range map[string]string{"errors": c.errors, "warnings": c.warning} {
			of := got.Errors()
			if kind == "warnings" {
				of = got.Warnings()
			}
			if len(of) > 1 || (want == "") != (len(of) == 0) || len(of) == 1 && !strings.Contains(of[0].Detail(), want) {
				t.Errorf("%s: %s: %v, want %q", name, kind, of, want)
			}
		}
	}
}
