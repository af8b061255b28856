// SPDX-License-Identifier: MPL-2.0

// Package acctest runs acceptance tests with the real Terraform CLI: against
// the in-memory Logto, or against the one that LOGTO_ENDPOINT, LOGTO_APP_ID and
// LOGTO_APP_SECRET name.
package acctest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// Target is the Logto that a test runs against.
type Target struct {
	// Server is the Logto in memory; nil for a real one.
	Server *fakelogto.Server
	// Name is a word of its own for the objects of this test.
	Name string
	// Settings are more arguments of the provider block, in HCL.
	Settings string

	tb                         testing.TB
	endpoint, appID, appSecret string

	mu       sync.Mutex
	calls    []logto.RequestLog // made by the provider since Reset
	warnings []string           // given by the provider since Reset
	plans    []planRequest      // asked of the provider since Reset
	token    string
	version  string          // of Logto, once it was asked
	types    map[string]bool // that the test's configurations name; nil for every type
}

// Start returns the target of a test: a real Logto that the environment names, or else
// one in memory, of the version in LOGTO_IN_MEMORY_VERSION, as "1.41", or the newest.
func Start(t testing.TB) *Target {
	t.Helper()
	target := start(t)
	if version := os.Getenv("LOGTO_IN_MEMORY_VERSION"); version != "" && target.Server != nil {
		target.Server.BecomeOlder(version)
	}
	return target
}

func start(t testing.TB) *Target {
	t.Helper()
	target := &Target{
		Name:      fmt.Sprintf("tf-%08x", rand.Uint32()),
		tb:        t,
		endpoint:  os.Getenv("LOGTO_ENDPOINT"),
		appID:     os.Getenv("LOGTO_APP_ID"),
		appSecret: os.Getenv("LOGTO_APP_SECRET"),
	}
	if target.endpoint == "" {
		target.Server = fakelogto.Start(t)
		target.endpoint, target.appID, target.appSecret = target.Server.URL, fakelogto.AppID, fakelogto.AppSecret
	}
	return target
}

// StartMemory returns a target in memory, for tests of what only it can do, as
// failing on demand. Against a real Logto the test is skipped.
func StartMemory(t testing.TB) *Target {
	t.Helper()
	if os.Getenv("LOGTO_ENDPOINT") != "" {
		t.Skip("needs the in-memory Logto: a real one cannot be told to fail, or lacks what this test asserts")
	}
	return start(t)
}

// StartReal returns a real Logto, for tests of what a server does with what it was given.
// In memory the test is skipped.
func StartReal(t testing.TB) *Target {
	t.Helper()
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Skip("needs a real Logto (LOGTO_ENDPOINT): the in-memory one signs no user in, and issues no token that can be read")
	}
	return Start(t)
}

// Endpoint is the URL of the Logto under test.
func (t *Target) Endpoint() string { return strings.TrimRight(t.endpoint, "/") }

// StartCloud returns a target in memory that is of Logto Cloud. Against a real
// Logto, which is a self-hosted one, the test is skipped.
func StartCloud(t testing.TB) *Target {
	t.Helper()
	if os.Getenv("LOGTO_ENDPOINT") != "" {
		t.Skip("needs Logto Cloud")
	}
	target := Start(t)
	fakelogto.BecomeCloud(target.Server)
	return target
}

// Config is HCL for the provider and what follows, with {name} replaced.
func (t *Target) Config(hcl string) string {
	return fmt.Sprintf("provider \"logto\" {\n  endpoint   = %q\n  app_id     = %q\n  app_secret = %q\n%s}\n", t.endpoint, t.appID, t.appSecret, t.Settings) + t.Expand(hcl)
}

// Expand replaces {name} by the test's own word, and drops lines that end with
// "# since 1.41", as an example, where the Logto under test is older.
func (t *Target) Expand(s string) string {
	return strings.ReplaceAll(t.withoutNewer(s), "{name}", t.Name)
}

// Client is a client of the Logto under test, for what is quicker shown without
// Terraform. Its calls are noted as the provider's are.
func (t *Target) Client(tb testing.TB) *logto.Client {
	tb.Helper()
	cfg := logto.Config{Endpoint: t.endpoint, AppID: t.appID, AppSecret: t.appSecret, MaxRetries: 5}
	t.tune(&cfg)
	client, err := logto.New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// Providers are the provider under test, in process. Its calls and warnings are
// noted, and against the Logto in memory it waits only a little before it tries
// again.
func (t *Target) Providers() map[string]func() (tfprotov6.ProviderServer, error) {
	serve := providerserver.NewProtocol6WithError(provider.New("test", t.tune)())
	return map[string]func() (tfprotov6.ProviderServer, error){
		"logto": func() (tfprotov6.ProviderServer, error) {
			server, err := serve()
			if err != nil {
				return nil, err
			}
			return t.overhear(server)
		},
	}
}

func (t *Target) tune(cfg *logto.Config) {
	if t.Server != nil {
		cfg.RetryWaitMin, cfg.RetryWaitMax = time.Millisecond, 5*time.Millisecond
	}
	cfg.Log = func(_ context.Context, e logto.RequestLog) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.calls = append(t.calls, e)
	}
}

// Reset forgets the calls and warnings noted so far.
func (t *Target) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls, t.warnings, t.plans = nil, nil, nil
}

// Calls are the provider's calls of the Management API since Reset, as "GET /api/roles".
func (t *Target) Calls() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var calls []string
	for _, e := range t.calls {
		if !strings.HasSuffix(e.Path, "/oidc/token") {
			calls = append(calls, e.Method+" "+e.Path)
		}
	}
	return calls
}

// Writes are those of the calls that are not GET.
func (t *Target) Writes() []string {
	var writes []string
	for _, c := range t.Calls() {
		if !strings.HasPrefix(c, "GET ") {
			writes = append(writes, c)
		}
	}
	return writes
}

// Failures are those of the calls that got no answer, or one that says that the
// server failed.
func (t *Target) Failures() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var failures []string
	for _, e := range t.calls {
		if e.Status == 0 || e.Status >= http.StatusInternalServerError {
			failures = append(failures, fmt.Sprintf("%s %s: HTTP %d, %v", e.Method, e.Path, e.Status, e.Err))
		}
	}
	return failures
}

// Do calls the API outside the provider, as a person in the Console would.
func (t *Target) Do(tb testing.TB, method, path string, body any) (int, any) {
	tb.Helper()
	if t.Server != nil {
		return t.Server.Do(method, path, body)
	}
	if t.token == "" {
		form := url.Values{"grant_type": {"client_credentials"}, "scope": {"all"}, "resource": {"https://default.logto.app/api"},
			"client_id": {t.appID}, "client_secret": {t.appSecret}}
		answer := map[string]any{}
		if status := t.call(tb, http.MethodPost, "/oidc/token", "application/x-www-form-urlencoded", []byte(form.Encode()), &answer); status != http.StatusOK {
			tb.Fatalf("no access token: HTTP %d", status)
		}
		t.token, _ = answer["access_token"].(string)
	}
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			tb.Fatal(err)
		}
	}
	var answer any
	status := t.call(tb, method, path, "application/json", content, &answer)
	return status, answer
}

func (t *Target) call(tb testing.TB, method, path, contentType string, body []byte, answer any) int {
	tb.Helper()
	// A cleanup calls too, when the test's context has ended.
	req, err := http.NewRequestWithContext(context.WithoutCancel(tb.Context()), method, t.Endpoint()+path, bytes.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	req.Close = true // a connection that waits for Terraform is closed by the server just when it is used
	if len(body) > 0 {
		req.Header.Set("Content-Type", contentType)
	}
	if t.token != "" {
		req.Header.Set("Authorization", "Bearer "+t.token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		tb.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(data, answer); err != nil {
			tb.Fatal(err)
		}
	}
	return res.StatusCode
}

// Get is the object at an API path; the test fails when it is not there.
func (t *Target) Get(tb testing.TB, path string) map[string]any {
	tb.Helper()
	status, answer := t.Do(tb, http.MethodGet, path, nil)
	object, ok := answer.(map[string]any)
	if status != http.StatusOK || !ok {
		tb.Fatalf("GET %s: HTTP %d, %v", path, status, answer)
	}
	return object
}

// Keep is the object at an API path, which a real Logto has back when the test
// ends: by PATCH, or by PUT where there is none.
func (t *Target) Keep(tb testing.TB, path string) map[string]any {
	tb.Helper()
	found := t.Get(tb, path)
	if t.Server == nil {
		tb.Cleanup(func() {
			body := maps.Clone(found)
			delete(body, "id")
			delete(body, "tenantId")
			status, answer := t.Do(tb, http.MethodPatch, path, body)
			if status == http.StatusMethodNotAllowed {
				status, answer = t.Do(tb, http.MethodPut, path, body)
			}
			if status != http.StatusOK {
				tb.Errorf("putting %s back to what it was: HTTP %d, %v", path, status, answer)
			}
		})
	}
	return found
}

// Test runs the steps with the provider under test.
func (t *Target) Test(tb *testing.T, c resource.TestCase) {
	tb.Helper()
	if c.ProtoV6ProviderFactories == nil {
		c.ProtoV6ProviderFactories = t.Providers()
	}
	t.types = named(c.Steps)
	configured := false
	for i, step := range c.Steps {
		switch {
		case step.Config == "":
		case step.Query && configured: // it finds the provider of the step before
			c.Steps[i].Config = t.Expand(step.Config)
		default:
			c.Steps[i].Config = t.Config(step.Config)
			configured = true
		}
	}
	resource.Test(tb, c)
}

// AtLeast reports whether the Terraform (not OpenTofu) on hand is that version
// or newer. OpenTofu counts its versions by itself, so it is asked by tofu.
func AtLeast(tb testing.TB, terraform, tofu string) bool {
	tb.Helper()
	have, isTofu := cliVersion(tb)
	want := terraform
	if isTofu {
		want = tofu
	}
	return want != "" && !versionLess(have, want)
}

var cliVersion = func() func(testing.TB) (string, bool) {
	var once sync.Once
	var number string
	var isTofu bool
	return func(tb testing.TB) (string, bool) {
		once.Do(func() {
			binary := os.Getenv("TF_ACC_TERRAFORM_PATH")
			if binary == "" {
				binary = "terraform"
			}
			out, err := exec.Command(binary, "version").Output()
			if err != nil {
				number = "0.0.0"
				return
			}
			for line := range strings.Lines(string(out)) { // OpenTofu writes its warnings before it
				if name, version, found := strings.Cut(strings.TrimSpace(line), " v"); found && (name == "Terraform" || name == "OpenTofu") {
					number, isTofu = version, name == "OpenTofu"
					return
				}
			}
		})
		return number, isTofu
	}
}()

func versionLess(a, b string) bool {
	var x, y [3]int
	_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2]) // what is missing counts as 0
	_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}
