// SPDX-License-Identifier: MPL-2.0

package hook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// endpoint is where a webhook sends to.
type endpoint struct {
	*httptest.Server
	key string // of the signatures

	mu     sync.Mutex
	events []string
	wrong  []string // what is wrong with the requests
	status int
}

func listen(t *testing.T) *endpoint {
	t.Helper()
	e := &endpoint{status: http.StatusOK}
	e.Server = httptest.NewServer(http.HandlerFunc(e.take))
	t.Cleanup(e.Close)
	return e
}

func (e *endpoint) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var payload struct {
		Event string `json:"event"`
	}
	if err == nil {
		err = json.Unmarshal(body, &payload)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	mac := hmac.New(sha256.New, []byte(e.key))
	mac.Write(body)
	switch {
	case err != nil:
		e.wrong = append(e.wrong, err.Error())
	case r.Header.Get("Logto-Signature-Sha-256") != hex.EncodeToString(mac.Sum(nil)):
		e.wrong = append(e.wrong, "signature of "+payload.Event)
	case r.Header.Get("X-Tenant") != "shop":
		e.wrong = append(e.wrong, "headers of "+payload.Event)
	}
	e.events = append(e.events, payload.Event)
	w.WriteHeader(e.status)
	_, _ = io.WriteString(w, "the endpoint's own words")
}

// took returns the events that were sent since it was asked last, in order.
func (e *endpoint) took(t *testing.T) string {
	t.Helper()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.wrong) > 0 {
		t.Errorf("wrong: %v", e.wrong)
	}
	slices.Sort(e.events)
	events := strings.Join(e.events, " ")
	e.events = nil
	return events
}

func (e *endpoint) answer(status int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.status = status
}

func TestAccTestHook(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	here, there := listen(t), listen(t)
	id, key := newHook(t, target, here.URL)
	defer target.Do(t, http.MethodDelete, "/api/hooks/"+id, nil)
	here.key, there.key = key, key
	invoke := func(config map[string]any, wantProgress string, wantErrors ...string) {
		t.Helper()
		progress, errors := target.Invoke(t, "logto_test_hook", config)
		if progress != target.Expand(wantProgress) {
			t.Errorf("%v: progress %q, want %q", config, progress, wantProgress)
		}
		if len(wantErrors) == 0 && errors != "" {
			t.Errorf("%v: %s", config, errors)
		}
		for _, want := range wantErrors {
			if !strings.Contains(errors, want) {
				t.Errorf("%v: no %q in %q", config, want, errors)
			}
		}
	}
	invoke(map[string]any{"hook_id": id}, `The endpoint took 2 event(s) of the webhook "{name}".`)
	if events := here.took(t); events != "User.Created User.Deleted" {
		t.Errorf("sent %s", events)
	}
	invoke(map[string]any{"hook_id": id, "url": there.URL, "events": []string{"Role.Created"}}, `The endpoint took 1 event(s) of the webhook "{name}".`)
	if here, there := here.took(t), there.took(t); here != "" || there != "Role.Created" {
		t.Errorf("sent %q and %q", here, there)
	}
	there.answer(http.StatusTeapot)
	invoke(map[string]any{"hook_id": id, "url": there.URL}, "",
		"Could not invoke the logto_test_hook", "hook.endpoint_responded_with_error", "HTTP 418", "the endpoint's own words")
	invoke(map[string]any{"hook_id": id, "url": "http://127.0.0.1:1"}, "", "hook.send_test_payload_failed", "Logto must be able to reach")
	invoke(map[string]any{"hook_id": "nothing"}, "", "entity.not_exists_with_id")
	invoke(map[string]any{"hook_id": id, "events": []string{"Nothing"}}, "", "Grant.LimitExceeded", "events")
	invoke(map[string]any{"hook_id": id, "url": "x"}, "", "must be an http or https URL")
	invoke(map[string]any{"hook_id": ""}, "", "hook_id")
	invoke(map[string]any{}, "", "hook_id")
}

func TestAccRotateHookSigningKey(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	id, key := newHook(t, target, "https://example.com/hook")
	defer target.Do(t, http.MethodDelete, "/api/hooks/"+id, nil)
	progress, errors := target.Invoke(t, "logto_rotate_hook_signing_key", map[string]any{"hook_id": id})
	if errors != "" || progress != target.Expand(`The webhook "{name}" has a new signing key.`) {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	if now := target.Get(t, "/api/hooks/"+id)["signingKey"]; now == key {
		t.Error("the key is the old one")
	}
	if _, errors := target.Invoke(t, "logto_rotate_hook_signing_key", map[string]any{"hook_id": "nothing"}); !strings.Contains(errors, "entity.not_exists") {
		t.Errorf("errors %q", errors)
	}
}

// Terraform invokes the actions when a resource that triggers them changes.
func TestAccTestHook_triggered(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("actions need Terraform 1.14")
	}
	target := acctest.Start(t)
	here := listen(t)
	id, key := newHook(t, target, here.URL)
	defer target.Do(t, http.MethodDelete, "/api/hooks/"+id, nil)
	here.key = key
	config := func(version string) string {
		return `
action "logto_test_hook" "test" {
  config {
    hook_id = "` + id + `"
    events  = ["User.Created"]
  }
}
action "logto_rotate_hook_signing_key" "test" {
  config {
    hook_id = "` + id + `"
  }
}
resource "terraform_data" "test" {
  input = "` + version + `"
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.logto_test_hook.test, action.logto_rotate_hook_signing_key.test]
    }
  }
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: config("1")}}})
	if events := here.took(t); events != "User.Created" {
		t.Errorf("sent %q", events)
	}
	if now := target.Get(t, "/api/hooks/"+id)["signingKey"]; now == key {
		t.Error("the key is the old one")
	}
}
