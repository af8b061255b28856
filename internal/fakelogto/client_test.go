// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/api"
)

// caller calls a Logto, in memory or not: no retries, one connection a call.
type caller struct {
	t              *testing.T
	address, token string
	http           *http.Client
}

type answered struct {
	status int
	header http.Header
	body   string
}

// newCaller gets a token for the Management API.
func newCaller(t *testing.T, address, id, secret string) *caller {
	t.Helper()
	c := &caller{t: t, address: address, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	form := url.Values{"grant_type": {"client_credentials"}, "resource": {api.Resource}, "scope": {"all"}}
	req, err := http.NewRequest(http.MethodPost, address+"/oidc/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(id, secret)
	got := c.do(req)
	var token struct {
		Value string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(got.body), &token); err != nil || token.Value == "" {
		t.Fatalf("token call: %d %s", got.status, got.body)
	}
	c.token = token.Value
	return c
}

// call sends a body of JSON, or none.
func (c *caller) call(method, path, body string) answered {
	c.t.Helper()
	req, err := http.NewRequest(method, c.address+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.do(req)
}

func (c *caller) do(req *http.Request) answered {
	c.t.Helper()
	resp, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answered{resp.StatusCode, resp.Header, string(body)}
}
