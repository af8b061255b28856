// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// connect returns a client of the server that hardly waits between tries.
func connect(t *testing.T, s *fakelogto.Server, tune ...func(*logto.Config)) *logto.Client {
	t.Helper()
	cfg := logto.Config{
		Endpoint: s.URL, AppID: fakelogto.AppID, AppSecret: fakelogto.AppSecret,
		MaxRetries: 5, RetryWaitMin: time.Millisecond, RetryWaitMax: 5 * time.Millisecond,
	}
	for _, f := range tune {
		f(&cfg)
	}
	c, err := logto.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newRole(t *testing.T, c *logto.Client, name string) *logto.Role {
	t.Helper()
	r, err := c.Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: name, Description: "d"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func spa(name string) logto.ApplicationInput {
	return logto.ApplicationInput{Name: name, Type: "SPA",
		OIDCClientMetadata: logto.OIDCClientMetadata{RedirectURIs: []string{}, PostLogoutRedirectURIs: []string{}}}
}

// together runs f n times at once and fails the test on the first error.
func together(t *testing.T, n int, f func(int) error) {
	t.Helper()
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { errs[i] = f(i) })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestOneTokenForAll(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	together(t, 20, func(i int) error {
		_, err := c.Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: fmt.Sprint("r", i), Description: "d"})
		return err
	})
	if n := s.Tokens(); n != 1 {
		t.Errorf("%d token calls, want 1", n)
	}
}

func TestRefusedTokenIsRenewed(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	newRole(t, c, "before")
	s.RevokeTokens()
	newRole(t, c, "after")
	if n := s.Tokens(); n != 2 {
		t.Errorf("%d token calls, want 2", n)
	}
}

// Whatever happens to the answers, one create makes one object.
func TestCreateOnce(t *testing.T) {
	t.Parallel()
	faults := map[string]fakelogto.Fault{
		"429":              {Status: 429, Header: http.Header{"Retry-After": {"0"}}},
		"503 before":       {Status: 503},
		"502 after commit": {Status: 502, After: true},
		"504 after commit": {Status: 504, After: true},
		"500 after commit": {Status: 500, After: true},
		"500 before":       {Status: 500},
		"reset before":     {Drop: fakelogto.DropBefore},
		"lost answer":      {Drop: fakelogto.DropAfter},
	}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			c := connect(t, s)
			before := s.Rows()["roles"]
			f.Method, f.Path, f.Times = "POST", "/api/roles", 1
			s.Inject(f)
			r := newRole(t, c, "once")
			if n := s.Rows()["roles"] - before; n != 1 {
				t.Errorf("%d roles were made, want 1", n)
			}
			if status, _ := s.Do("GET", "/api/roles/"+r.ID, nil); status != 200 {
				t.Errorf("the role that Create returned is not there: HTTP %d", status)
			}
		})
	}
}

// Twins that lose their answers end up with an object each.
func TestCreateTwins(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	const n = 6
	s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/applications", Times: n / 2, Drop: fakelogto.DropAfter})
	before := s.Rows()["applications"]
	ids := make([]string, n)
	together(t, n, func(i int) error {
		a, err := c.Applications().Create(t.Context(), logto.Key{""}, spa("twin"))
		if err == nil {
			ids[i] = a.ID
		}
		return err
	})
	seen := map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if made := s.Rows()["applications"] - before; made != n || len(seen) != n {
		t.Errorf("%d applications were made and %d returned, want %d of each", made, len(seen), n)
	}
}

// An object of the same name that was there before is not adopted.
func TestCreateAdoptsNothingOld(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	_, answer := s.Do("POST", "/api/applications", map[string]any{"name": "same", "type": "SPA"})
	old := answer.(map[string]any)["id"]
	// The clock in the answers says that the old one was made an hour ago.
	c := connect(t, withClock(t, s, time.Hour))
	s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/applications", Times: 1, Status: 503})
	a, err := c.Applications().Create(t.Context(), logto.Key{""}, spa("same"))
	if err != nil {
		t.Fatal(err)
	}
	if a.ID == old {
		t.Error("adopted an application that was made before")
	}
}

// withClock serves s with a Date header that is ahead.
func withClock(t *testing.T, s *fakelogto.Server, ahead time.Duration) *fakelogto.Server {
	t.Helper()
	hs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(hs.Close)
	return &fakelogto.Server{URL: hs.URL}
}

func TestReadsAreServedFromTheList(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	var ids []string
	for i := range 250 {
		ids = append(ids, newRole(t, c, fmt.Sprint("r", i)).ID)
	}
	s.ResetCalls()
	together(t, len(ids), func(i int) error {
		r, err := c.Roles().Get(t.Context(), logto.Key{ids[i]})
		if err == nil && r.ID != ids[i] {
			err = fmt.Errorf("asked for %s, got %s", ids[i], r.ID)
		}
		return err
	})
	if n := len(s.Calls()); n > 2+3 {
		t.Errorf("%d calls for 250 reads, want 2 single ones and 3 pages", n)
	}

	// A write ends the list; what it changed is read anew.
	if _, err := c.Roles().Update(t.Context(), logto.Key{ids[0]}, logto.RoleInput{Name: "r0", Description: "d"}, logto.RoleInput{Name: "new", Description: "d"}); err != nil {
		t.Fatal(err)
	}
	r, err := c.Roles().Get(t.Context(), logto.Key{ids[0]})
	if err != nil || r.Name != "new" {
		t.Errorf("read %v, %v after the write", r, err)
	}
}

func TestAbsenceInAListIsConfirmed(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	known := newRole(t, c, "known").ID
	get := func(id string) error {
		_, err := c.Roles().Get(t.Context(), logto.Key{id})
		return err
	}
	for range 5 { // the list is in use from the third on
		if err := get(known); err != nil {
			t.Fatal(err)
		}
	}
	_, answer := s.Do("POST", "/api/roles", map[string]any{"name": "later", "description": "d"})
	if err := get(answer.(map[string]any)["id"].(string)); err != nil {
		t.Errorf("a role that is not in the list yet: %v", err)
	}
	if err := get("nothere"); !logto.IsNotFound(err) {
		t.Errorf("a role that is nowhere: %v", err)
	}
}

func TestDirectReads(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s, func(cfg *logto.Config) { cfg.DirectReads = true })
	id := newRole(t, c, "r").ID
	s.ResetCalls()
	for range 5 {
		if _, err := c.Roles().Get(t.Context(), logto.Key{id}); err != nil {
			t.Fatal(err)
		}
	}
	for _, call := range s.Calls() {
		if call.Operation != "GET /api/roles/{id}" {
			t.Errorf("made %s with reads from lists switched off", call.Operation)
		}
	}
}

func TestUpdateSendsWhatChanged(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	r := newRole(t, c, "r")
	s.ResetCalls()
	same := logto.RoleInput{Name: "r", Description: "d"}
	if _, err := c.Roles().Update(t.Context(), logto.Key{r.ID}, same, same); err != nil {
		t.Fatal(err)
	}
	if w := s.Writes(); len(w) > 0 {
		t.Errorf("an update without a difference wrote: %v", w)
	}
	s.Do("PATCH", "/api/roles/"+r.ID, map[string]any{"description": "from outside"})
	got, err := c.Roles().Update(t.Context(), logto.Key{r.ID}, same, logto.RoleInput{Name: "n", Description: "d"})
	if err != nil || got.Name != "n" || got.Description != "from outside" {
		t.Errorf("%+v, %v after a rename; the description is not the rename's to touch", got, err)
	}
}

func TestOnlyLogtosNotFoundIsAbsence(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	_, err := c.Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: "big", Description: strings.Repeat("x", 2<<20)})
	var e *logto.Error
	if !errors.As(err, &e) || e.Status != 404 {
		t.Fatalf("an oversized body: %v", err)
	}
	if logto.IsNotFound(err) {
		t.Error("a 404 in plain text passes for an object that is gone")
	}
}

func TestTooLargeARequest(t *testing.T) {
	t.Parallel()
	c := connect(t, fakelogto.Start(t))
	in := spa("large")
	description := strings.Repeat("x", 1<<20)
	in.Description = &description
	if _, err := c.Applications().Create(t.Context(), logto.Key{""}, in); err == nil || !strings.Contains(err.Error(), "at most 1048576 bytes") {
		t.Errorf("%v", err)
	}
}

func TestBudgetStartsWithTheFirst429(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	newRole(t, c, "a")
	s.Inject(fakelogto.Fault{Path: "/api/roles", Method: "POST", Status: 429, Times: 2, Header: http.Header{"Retry-After": {"0"}}})
	newRole(t, c, "b")
	if n := len(s.Writes()); n != 4 {
		t.Errorf("%d calls, want 4", n)
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	s := fakelogto.NewServer()
	mux := http.NewServeMux()
	mux.Handle("/", s)
	mux.Handle("/base/path/", http.StripPrefix("/base/path", s))
	plain, secure := httptest.NewServer(mux), httptest.NewTLSServer(mux)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	for _, endpoint := range []string{plain.URL, plain.URL + "/", plain.URL + "/base/path", plain.URL + "/base/path/", secure.URL, secure.URL + "/base/path//"} {
		t.Run(endpoint[strings.LastIndex(endpoint, ":"):], func(t *testing.T) {
			c, err := logto.New(logto.Config{Endpoint: endpoint, AppID: fakelogto.AppID, AppSecret: fakelogto.AppSecret, CACertificates: ca})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Roles().Search(t.Context(), nil, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDefaultResource(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]string{
		"https://abc123.logto.app":       "https://abc123.logto.app/api",
		"https://ABC123.logto.app/":      "https://abc123.logto.app/api",
		"https://auth.example.com":       "https://default.logto.app/api",
		"http://localhost:3001":          "https://default.logto.app/api",
		"https://notlogto.app":           "https://default.logto.app/api",
		"https://logto.app.evil.example": "https://default.logto.app/api",
	} {
		u, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		if got := logto.DefaultResource(u); got != want {
			t.Errorf("%s: %s, want %s", endpoint, got, want)
		}
	}
}

// A wrong configuration is told with the attribute that is wrong, at the cost
// of one call however many objects there are.
func TestConfigErrors(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	secure := httptest.NewTLSServer(s)
	t.Cleanup(secure.Close)
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	_, app := s.Do("POST", "/api/applications", map[string]any{"name": "no role", "type": "MachineToMachine"})
	id := app.(map[string]any)["id"].(string)
	_, secrets := s.Do("GET", "/api/applications/"+id+"/secrets", nil)
	secret := secrets.([]any)[0].(map[string]any)["value"].(string)
	for name, c := range map[string]struct {
		tune      func(*logto.Config)
		attribute string
	}{
		"secret":      {func(c *logto.Config) { c.AppSecret = "wrong" }, "app_id or app_secret"},
		"app":         {func(c *logto.Config) { c.AppID = "wrong" }, "app_id or app_secret"},
		"indicator":   {func(c *logto.Config) { c.Resource = "https://wrong.example/api" }, "resource"},
		"port":        {func(c *logto.Config) { c.Endpoint = "http://127.0.0.1:1" }, "endpoint"},
		"other":       {func(c *logto.Config) { c.Endpoint = elsewhere.URL }, "endpoint"},
		"no role":     {func(c *logto.Config) { c.AppID, c.AppSecret = id, secret }, "app_id"},
		"certificate": {func(c *logto.Config) { c.Endpoint = secure.URL }, "ca_certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := connect(t, s, c.tune)
			for i := range 3 {
				_, err := client.Roles().Search(t.Context(), nil, nil)
				wrong, ok := errors.AsType[*logto.AccessError](err)
				if !ok || wrong.Attribute != c.attribute {
					t.Fatalf("%v, want an error that names %s", err, c.attribute)
				}
				if first := client.FirstReport(wrong); first != (i == 0) {
					t.Errorf("report %d is the first: %v", i+1, first)
				}
			}
		})
	}
	for _, endpoint := range []string{"", "logto.example.com", "ftp://x", "https://u:p@x", "https://x?y"} {
		var wrong *logto.AccessError
		if _, err := logto.New(logto.Config{Endpoint: endpoint}); !errors.As(err, &wrong) || wrong.Attribute != "endpoint" {
			t.Errorf("endpoint %q: %v", endpoint, err)
		}
	}
}

func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	var slots sync.WaitGroup
	work := make(chan int)
	for range 10 {
		slots.Go(func() {
			for i := range work {
				if _, err := c.Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: fmt.Sprint("r", i), Description: "d"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 200 {
		work <- i
	}
	close(work)
	slots.Wait()
	// One that is dialled while another becomes free is one more.
	if n := s.Connections(); n > 20 {
		t.Errorf("%d connections for 200 calls, 10 at once", n)
	}
}
