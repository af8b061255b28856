// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const connectorPath = "/api/connectors"

func httpConnector(t *testing.T, s *engine.Server, kind, address string) string {
	t.Helper()
	return made(t, s, connectorPath, body{"connectorId": kind, "config": body{"endpoint": address}}, 200)
}

func social(t *testing.T, s *engine.Server, factory string, config body) string {
	t.Helper()
	return made(t, s, connectorPath, body{"connectorId": factory, "config": config}, 200)
}

func TestMessageConnectorsReplaceEachOther(t *testing.T) {
	t.Parallel()
	s := NewServer()
	first := httpConnector(t, s, "http-email", "https://mail.example")
	sms := httpConnector(t, s, "http-sms", "https://sms.example")
	second := httpConnector(t, s, "http-email", "https://mail.example")
	refused(t, s, "GET", connectorPath+"/"+first, nil, 404, "entity.not_found")
	sameIDs(t, s, connectorPath, sms, second)

	// A config that is refused leaves the other connector alone.
	refused(t, s, "POST", connectorPath, body{"connectorId": "mailgun-email", "config": body{}}, 400, "connector.invalid_config")
	sameIDs(t, s, connectorPath, sms, second)
	refused(t, s, "PATCH", connectorPath+"/"+sms, body{"syncProfile": true}, 422, "connector.invalid_type_for_syncing_profile")
}

func TestConnectorConfigIsCleaned(t *testing.T) {
	t.Parallel()
	s := NewServer()
	id := social(t, s, "github-universal", body{
		"clientId": "", "clientSecret": "s", "unknown": body{"a": nil, "b": []any{"", nil, "x", body{}, []any{}}},
		"zero": 0, "no": false,
	})
	got := must(t, s, "GET", connectorPath+"/"+id, nil, 200)
	if config := fmt.Sprint(got["config"]); config != "map[clientSecret:s no:false unknown:map[b:[x]] zero:0]" {
		t.Errorf("config %s", config)
	}
	// The cleaned config lacks a key now, which only matters for the next write.
	refused(t, s, "PATCH", connectorPath+"/"+id, body{"config": body{"clientSecret": "s"}}, 400, "connector.invalid_config")
	refused(t, s, "PATCH", connectorPath+"/"+id, body{"connectorId": "oidc"}, 422, "entity.invalid_input")
	refused(t, s, "POST", connectorPath, body{"connectorId": "github-universal"}, 422, "connector.multiple_instances_not_supported")
}

func TestStandardConnectors(t *testing.T) {
	t.Parallel()
	s := NewServer()
	create := func(metadata any) body { return body{"connectorId": "oauth2", "metadata": metadata} }
	refused(t, s, "POST", connectorPath, create(body{"target": ""}), 400, "connector.should_specify_target")
	id := made(t, s, connectorPath, create(body{"target": "own", "name": body{"en": "Own"}}), 200)
	one := connectorPath + "/" + id
	refused(t, s, "POST", connectorPath, create(body{"target": "own"}), 422, "connector.multiple_target_with_same_platform")
	refused(t, s, "PATCH", one, body{"metadata": body{}}, 400, "connector.can_not_modify_target")
	got := must(t, s, "PATCH", one, body{"metadata": body{"target": "own"}}, 200)
	if got.sub("name").str("en") == "Own" {
		t.Error("the name outlived its removal")
	}
	// A target of a factory that is not standard is taken too.
	social(t, s, "google-universal", body{"clientId": "c", "clientSecret": "s"})
	refused(t, s, "POST", connectorPath, create(body{"target": "google"}), 422, "connector.multiple_target_with_same_platform")

	// An English name of "" is stored as none, and then every answer with it fails.
	must(t, s, "POST", connectorPath, create(body{"target": "bad", "name": body{"en": "", "fr": "x"}}), 500)
	must(t, s, "GET", connectorPath, nil, 500)
	must(t, s, "GET", one, nil, 200)
}

func TestDeletedConnectorsLeaveTheSignInExperience(t *testing.T) {
	t.Parallel()
	s := NewServer()
	keys := body{"appId": "a", "privateKey": "k", "signType": "RSA"}
	web, native := social(t, s, "alipay-web", keys), social(t, s, "alipay-native", keys)
	targets := func() string {
		return fmt.Sprint(must(t, s, "GET", signInPath, nil, 200)["socialSignInConnectorTargets"])
	}
	must(t, s, "PATCH", signInPath, body{"socialSignInConnectorTargets": []any{"alipay", "nobody", "alipay"}}, 200)
	for _, c := range []struct{ id, left string }{{web, "[alipay alipay]"}, {native, "[]"}} {
		must(t, s, "DELETE", connectorPath+"/"+c.id, nil, 204)
		if got := targets(); got != c.left {
			t.Errorf("targets %s, want %s", got, c.left)
		}
	}

	email := httpConnector(t, s, "http-email", "https://mail.example")
	must(t, s, "PATCH", signInPath, body{
		"forgotPasswordMethods": []any{"EmailVerificationCode"},
		"passwordExpiration":    body{"enabled": true, "validPeriodDays": 30},
	}, 200)
	refused(t, s, "DELETE", connectorPath+"/"+email, nil, 422, "sign_in_experiences.password_expiration_requires_forgot_password")
	must(t, s, "PATCH", signInPath, body{"passwordExpiration": body{"enabled": false}}, 200)
	must(t, s, "DELETE", connectorPath+"/"+email, nil, 204)
	refused(t, s, "PATCH", signInPath, body{"forgotPasswordMethods": []any{"EmailVerificationCode"}}, 400,
		"sign_in_experiences.forgot_password_method_requires_connector")
}

func TestEveryFactoryChecksItsConfig(t *testing.T) {
	t.Parallel()
	if n := len(connectorFactories()); n != 49 {
		t.Fatalf("%d factories, want 49", n)
	}
	for _, f := range connectorFactories() {
		if err := checkConnectorConfig(f.id, engine.Object{}); err == nil {
			t.Errorf("%s takes an empty config", f.id)
		}
	}
	if n := len(connectorConfigs()); n != 49 {
		t.Errorf("%d guards, want 49", n)
	}
}

func TestMessagesReachThisMachineOnly(t *testing.T) {
	t.Parallel()
	s := NewServer()
	got := make(chan string, 1)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got <- r.Header.Get("Authorization")
	}))
	defer hook.Close()
	send := func(address string) body {
		return body{"email": "a@b.example", "config": body{"endpoint": address, "authorization": "Bearer z"}}
	}
	must(t, s, "POST", connectorPath+"/http-email/test", send(hook.URL), 204)
	if token := <-got; token != "Bearer z" {
		t.Errorf("authorization %q", token)
	}
	refused(t, s, "POST", connectorPath+"/http-email/test", send("https://mail.example"), 400, "connector.general")
	refused(t, s, "POST", connectorPath+"/http-sms/test", send(hook.URL), 400, "connector.unexpected_type")
}
