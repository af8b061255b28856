// SPDX-License-Identifier: MPL-2.0

package connector_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccTestConnector(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	alone(t, target)
	sent := make(chan string, 10)
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			To      string `json:"to"`
			Payload struct {
				Code string `json:"code"`
			} `json:"payload"`
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		sent <- r.Header.Get("Authorization") + " " + m.To + " " + m.Payload.Code
		if strings.HasPrefix(m.To, "bounce") {
			http.Error(w, "mailbox is full", http.StatusTeapot)
		}
	}))
	t.Cleanup(gateway.Close)
	connect := func(factory string, config map[string]any) string {
		status, answer := target.Do(t, http.MethodPost, "/api/connectors", map[string]any{"connectorId": factory, "config": config})
		made, _ := answer.(map[string]any)
		id, ok := made["id"].(string)
		if !ok {
			t.Fatalf("%s: HTTP %d, %v", factory, status, answer)
		}
		t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/connectors/"+id, nil) })
		return id
	}
	email := connect("http-email", map[string]any{"endpoint": gateway.URL, "authorization": "Bearer x"})
	sms := connect("http-sms", map[string]any{"endpoint": gateway.URL})
	social := connect("github-universal", map[string]any{"clientId": "id", "clientSecret": "secret"})

	progress, errors := target.Invoke(t, "logto_test_connector", map[string]any{"connector_id": email, "email": "jane@acme.example", "locale": "fr"})
	if errors != "" || !strings.Contains(progress, "sent a message to jane@acme.example") {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	if got := <-sent; got != "Bearer x jane@acme.example 000000" {
		t.Errorf("sent %s", got)
	}
	if _, errors := target.Invoke(t, "logto_test_connector", map[string]any{"connector_id": sms, "phone": "447700900000"}); errors != "" {
		t.Error(errors)
	}
	if got := <-sent; got != " 447700900000 000000" {
		t.Errorf("sent %s", got)
	}
	for _, c := range []struct {
		config map[string]any
		want   string
	}{
		{map[string]any{"connector_id": email, "email": "bounce@acme.example"}, "mailbox is full"},
		{map[string]any{"connector_id": email, "phone": "447700900000"}, "phone"},
		{map[string]any{"connector_id": sms, "email": "jane@acme.example"}, "is of type Sms"},
		{map[string]any{"connector_id": social, "email": "jane@acme.example"}, "is of type Social"},
		{map[string]any{"connector_id": "nothing", "email": "jane@acme.example"}, "entity.not_found"},
		{map[string]any{"connector_id": email}, "email"},
		{map[string]any{"connector_id": email, "email": "jane@acme.example", "phone": "1"}, "phone"},
		{map[string]any{"connector_id": sms, "phone": "+44 7700 900000"}, "digits only"},
	} {
		if progress, errors := target.Invoke(t, "logto_test_connector", c.config); !strings.Contains(errors, c.want) || progress != "" {
			t.Errorf("%v: progress %q, errors %q", c.config, progress, errors)
		}
	}
}
