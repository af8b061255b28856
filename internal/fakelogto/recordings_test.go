// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/api"
)

// exchange is a request that a real Logto was sent, and what it answered.
type exchange struct {
	Name    string `json:"name"`
	Request struct {
		Method string `json:"method"`
		Path   string `json:"path"`
		Body   any    `json:"body"`
	} `json:"request"`
	Response struct {
		Status  int               `json:"status"`
		Headers map[string]string `json:"headers"`
		Body    any               `json:"body"`
	} `json:"response"`
	// Check is false where the answer depends on what else the recorded tenant held,
	// or on the order of its rows.
	Check *bool `json:"check"`
}

// recordings are the files in testdata/recordings and how many of their exchanges are
// compared.
func recordings() map[string]int {
	return map[string]int{"applications": 245, "logto-1.43": 80, "organizations": 744, "sign-in": 229}
}

// known are exchanges that differ on a server, and why. Nothing is learnt from them.
// The tenant in memory has none.
func known(address string) map[string]string {
	if address == "" {
		return nil
	}
	known := map[string]string{
		"sso.list.paged": "the rows have no order: a fresh tenant lists the oldest first",
	}
	if u, err := url.Parse(address); err != nil || u.Hostname() != "localhost" {
		known["user.mfa.totp"] = "the QR code shows the name of the host"
	}
	return known
}

// recordedAt is how the recorded tenant was reached, and how it called itself.
func recordedAt() []string { return []string{"http://localhost:4001", api.Endpoint} }

// TestRecordings replays what a real Logto 1.43 answered, each recording to a fresh
// tenant. With LOGTO_REPLAY_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET it asks that
// Logto instead: run one recording at a time then, as each needs a tenant that holds
// nothing of its own names.
func TestRecordings(t *testing.T) {
	t.Parallel()
	for name, compared := range recordings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile("testdata/recordings/" + name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var all []exchange
			if err := json.Unmarshal(data, &all); err != nil {
				t.Fatal(err)
			}
			r := newReplay(t)
			for _, e := range all {
				r.exchange(t, e)
			}
			t.Logf("%d exchanges compared, %d of them differ", r.compared, r.differ)
			if r.compared != compared {
				t.Errorf("%d exchanges were compared, want %d", r.compared, compared)
			}
		})
	}
}

// replay sends the requests of a recording to one tenant.
type replay struct {
	client           *caller
	names            names
	known            map[string]string
	compared, differ int
}

func newReplay(t *testing.T) *replay {
	t.Helper()
	address := strings.TrimSuffix(os.Getenv("LOGTO_REPLAY_ENDPOINT"), "/")
	r := &replay{names: names{known: map[string]string{}}, known: known(address)}
	self, id, secret := api.Endpoint, AppID, api.AppSecret
	if address == "" {
		address = Start(t).URL
	} else {
		self, id, secret = address, os.Getenv("LOGTO_APP_ID"), os.Getenv("LOGTO_APP_SECRET")
	}
	r.client = newCaller(t, address, id, secret)
	for _, address := range recordedAt() {
		r.names.learn(address, self)
	}
	return r
}

func (r *replay) exchange(t *testing.T, e exchange) {
	t.Helper()
	body := ""
	if e.Request.Body != nil {
		body = inJSON(r.names.apply(e.Request.Body))
	}
	got := r.client.call(e.Request.Method, escapedURL(r.names.text(e.Request.Path)), body)
	diff := r.compare(e, got)
	if e.Check != nil && !*e.Check {
		return
	}
	r.compared++
	reason, mayDiffer := r.known[e.Name]
	switch {
	case len(diff) > 0 && !mayDiffer:
		r.differ++
		t.Errorf("%s: %s %s\n    %s", e.Name, e.Request.Method, e.Request.Path, strings.Join(diff, "\n    "))
	case len(diff) == 0 && mayDiffer:
		t.Errorf("%s differs no longer, although %s", e.Name, reason)
	}
}

func (r *replay) compare(e exchange, got answered) differences {
	var diff differences
	media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
	var body any = got.body
	if media == "application/json" {
		if err := json.Unmarshal([]byte(got.body), &body); err != nil {
			return differences{err.Error()}
		}
	}
	if got.body == "" {
		body = nil
	}
	if got.status != e.Response.Status {
		diff.add("status", "want %d, got %d: %s", e.Response.Status, got.status, got.body)
		return diff
	}
	if want, _, _ := strings.Cut(e.Response.Headers["content-type"], ";"); want != "" && want != media {
		diff.add("media type", "want %s, got %s", want, media)
	}
	if got.status >= http.StatusBadRequest {
		if want, ok := e.Response.Body.(map[string]any); ok {
			diff.ofErrors(want, body)
		}
		return diff
	}
	if _, differs := r.known[e.Name]; !differs {
		r.names.compareNames(e.Response.Body, body)
	}
	diff.compare(r.names.apply(e.Response.Body), body, "body")
	return diff
}

// escapedURL escapes what a recorded path has beside what URLs are made of.
func escapedURL(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
