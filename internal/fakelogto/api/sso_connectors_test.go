// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

const ssoPath = "/api/sso-connectors"

// issuer is an identity provider on this machine.
func issuer(t *testing.T, discovery string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, discovery)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestSSOConfigs(t *testing.T) {
	t.Parallel()
	s := NewServer()
	idp := issuer(t, `{"authorization_endpoint":"a","token_endpoint":"t","jwks_uri":"j","issuer":"i","more":1}`)
	config := func(issuer string) body {
		return body{"clientId": "c", "clientSecret": "", "issuer": issuer, "scope": "x+openid", "unknown": 1}
	}
	create := func(name, provider string, config any) body {
		return body{"connectorName": name, "providerName": provider, "config": config}
	}
	row := must(t, s, "POST", ssoPath, create("one", "Okta", config(idp)), 200)
	if got := row.sub("config"); fmt.Sprint(got) != fmt.Sprintf(
		"map[clientId:c clientSecret: issuer:%s scope:x+openid trustUnverifiedEmail:false]", idp) {
		t.Errorf("config %v", got)
	}
	if _, ok := row["providerConfig"]; ok {
		t.Error("the answer to POST tells about the provider")
	}
	one := ssoPath + "/" + row.str("id")
	got := must(t, s, "GET", one, nil, 200)
	if found := got.sub("providerConfig"); found.str("scope") != "openid profile email x" || found.str("jwksUri") != "j" {
		t.Errorf("provider %v", found)
	}
	for _, bad := range []struct {
		what   string
		config any
		code   string
	}{
		{"other host", config("https://idp.example"), "connector.invalid_config"},
		{"nobody listens", config("http://127.0.0.1:1"), "connector.invalid_config"},
		{"no discovery document", config(issuer(t, `{"issuer":"i"}`)), "connector.invalid_config"},
		{"keys missing", body{"clientSecret": "s"}, "connector.invalid_config"},
	} {
		refused(t, s, "PATCH", one, body{"config": bad.config}, 400, bad.code)
	}
	refused(t, s, "POST", ssoPath, create("two", "GoogleWorkspace", body{"clientId": "c", "clientSecret": "s"}), 400, "connector.invalid_config")
	refused(t, s, "POST", ssoPath, create("one", "Okta", config("https://idp.example")), 409, "single_sign_on.duplicate_connector_name")
	must(t, s, "POST", ssoPath, create("two", "SAML", body{"metadata": "<bad"}), 500)
	refused(t, s, "POST", ssoPath, create("two", "SAML", body{"metadataUrl": "", "metadata": "<x/>"}), 400, "connector.invalid_metadata")
}

func TestSSOUpdates(t *testing.T) {
	t.Parallel()
	s := NewServer()
	row := must(t, s, "POST", ssoPath, body{"connectorName": "n", "providerName": "SAML", "domains": []any{"B.example", "a"}}, 200)
	one := ssoPath + "/" + row.str("id")
	if fmt.Sprint(row["domains"]) != "[b.example a]" {
		t.Errorf("domains %v", row["domains"])
	}
	got := must(t, s, "PATCH", one, body{"providerName": "OIDC"}, 200)
	if got.str("providerName") != "SAML" {
		t.Error("the provider changed")
	}
	if id := got.sub("providerConfig").sub("serviceProvider").str("entityId"); id != Endpoint+"/enterprise-sso/"+row.str("id") {
		t.Errorf("entity %s", id)
	}
	refused(t, s, "PATCH", one, body{"domains": []any{"x.example", "X.example"}}, 422, "single_sign_on.duplicated_domains")
	refused(t, s, "PATCH", one, body{"domains": []any{"GMail.com"}}, 422, "single_sign_on.forbidden_domains")
	refused(t, s, "PATCH", one, body{"config": body{}}, 400, "connector.invalid_config")

	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	jit := "/api/organizations/" + organization + "/jit/sso-connectors"
	must(t, s, "POST", jit, body{"ssoConnectorIds": []any{row.str("id")}}, 201)
	must(t, s, "DELETE", one, nil, 204)
	if _, left := s.Do("GET", jit, nil); len(docs(left)) != 0 {
		t.Errorf("left %v", left)
	}
}
