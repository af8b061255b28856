// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	_ "embed"
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
)

// Fuzzing of what each type makes of answers and of configurations, over Terraform's
// protocol. It begins with a sample of each type, which the sweep took.

//go:embed testdata/samples.json
var samplesJSON []byte

// fuzzed is a provider whose Logto answers what it is told.
type fuzzed struct {
	target  *Target
	types   []string
	samples map[string]tally.Sample

	mu      sync.Mutex
	answers func(r *http.Request) (contentType string, status int, body []byte)
}

func startFuzzed(f *testing.F) *fuzzed {
	f.Helper()
	z := &fuzzed{samples: map[string]tally.Sample{}}
	if err := json.Unmarshal(samplesJSON, &z.samples); err != nil {
		f.Fatal(err)
	}
	z.types = slices.Sorted(maps.Keys(z.samples))
	server := httptest.NewServer(z)
	f.Cleanup(server.Close)
	z.target = &Target{Name: "fuzz", endpoint: server.URL, appID: "app", appSecret: "secret"}
	return z
}

// Every type has a sample, so that none escapes the fuzzing, or a reason why not.
func TestEveryTypeHasASample(t *testing.T) {
	t.Parallel()
	samples := map[string]tally.Sample{}
	if err := json.Unmarshal(samplesJSON, &samples); err != nil {
		t.Fatal(err)
	}
	schemas := StartMemory(t).newRun(t).schema.ResourceSchemas
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		if _, ok := samples[name]; !ok && tally.NotSwept[name] == "" {
			t.Errorf("testdata/samples.json has no %s: see CONTRIBUTING.md", name)
		}
	}
	for _, names := range []iter.Seq[string]{maps.Keys(samples), maps.Keys(tally.NotSwept)} {
		for name := range names {
			if schemas[name] == nil {
				t.Errorf("the provider has no %s", name)
			}
		}
	}
}

func (z *fuzzed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	contentType, status, body := "application/json", http.StatusOK, []byte(`{"access_token":"t","token_type":"Bearer","expires_in":3600,"scope":"all"}`)
	if r.URL.Path != "/oidc/token" {
		z.mu.Lock()
		contentType, status, body = z.answers(r)
		z.mu.Unlock()
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// answer answers from now on as f says.
func (z *fuzzed) answer(f func(r *http.Request) (contentType string, status int, body []byte)) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.answers = f
}

// truth answers as the sample has it, and like Logto where it has nothing.
func (z *fuzzed) truth(s tally.Sample) func(r *http.Request) (string, int, []byte) {
	return func(r *http.Request) (string, int, []byte) {
		if body, ok := s.Answers[r.URL.EscapedPath()]; ok && r.Method == http.MethodGet {
			return "application/json", http.StatusOK, body
		}
		return "application/json", http.StatusNotFound, []byte(`{"code":"entity.not_found","message":"There is none."}`)
	}
}

func (z *fuzzed) run(t *testing.T) *run {
	t.Helper()
	z.target.Reset()
	return z.target.newRun(t, "max_retries", 0)
}

// value is a value of a sample. What the schema does not have any more is left out.
func (z *fuzzed) value(t *testing.T, kind tftypes.Type, text json.RawMessage) tftypes.Value {
	t.Helper()
	raw := tfprotov6.RawState{JSON: text}
	v, err := raw.UnmarshalWithOpts(kind, tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		t.Fatalf("%v. Take the samples anew: see CONTRIBUTING.md", err)
	}
	return v
}

// canBeShown fails unless errors are fit for a terminal, but for what the configuration
// itself has.
func canBeShown(t *testing.T, problems string, configured ...string) {
	t.Helper()
	for _, text := range configured {
		if cannotBeShown(text) >= 0 {
			return
		}
	}
	if i := cannotBeShown(problems); i >= 0 {
		t.Errorf("the error cannot be shown (byte %d): %q", i, problems)
	}
}

// cannotBeShown is where a text has a character that is not for a terminal, or -1.
func cannotBeShown(text string) int {
	return strings.IndexFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) })
}

// FuzzRead changes one thing in one of the answers to an import of each type. Nothing
// panics, and an error names the call or the attribute.
func FuzzRead(f *testing.F) {
	z := startFuzzed(f)
	for i := range z.types {
		for how := range changesOfJSON {
			f.Add(uint16(i), uint16(i*7+how*13), uint8(how), []byte(`"Unheard"`))
		}
	}
	f.Fuzz(func(t *testing.T, which, where uint16, how uint8, value []byte) {
		typeName := z.types[int(which)%len(z.types)]
		s := z.samples[typeName]
		paths := slices.Sorted(maps.Keys(s.Answers))
		wrong := paths[int(where)%len(paths)]
		body := changeJSON(s.Answers[wrong], int(where)/len(paths), int(how), value)
		truth := z.truth(s)
		z.answer(func(r *http.Request) (string, int, []byte) {
			if r.Method == http.MethodGet && r.URL.EscapedPath() == wrong {
				return "application/json", http.StatusOK, body
			}
			return truth(r)
		})
		r := z.run(t)
		got, problems := r.importID(typeName, s.ImportID)
		canBeShown(t, problems)
		if problems != "" {
			if !strings.Contains(problems, "/api/") && !strings.Contains(problems, "[") {
				t.Errorf("%s: the error names neither a call nor an attribute: %s", typeName, problems)
			}
			return
		}
		if !got.state.IsNull() {
			canBeShown(t, r.plan(got, z.value(t, got.kind, s.Config)).errors)
		}
	})
}

// FuzzConfig gives one attribute of a configuration another value, and validates, plans
// and applies it as a new object and as a change of the sample.
func FuzzConfig(f *testing.F) {
	z := startFuzzed(f)
	texts := []string{"", "x", "{", `{"a":[1,null]}`, "2024-02-30T00:00:00Z", "https://[::1", "..", "é\x00🙂", "1e400", "-1", "[]"}
	for i := range z.types {
		for n := range 4 {
			f.Add(uint16(i), uint16(i*3+n*17), uint8(n), texts[(i+n)%len(texts)])
		}
	}
	f.Fuzz(func(t *testing.T, which, where uint16, how uint8, text string) {
		typeName := z.types[int(which)%len(z.types)]
		s := z.samples[typeName]
		z.answer(z.truth(s))
		r := z.run(t)
		kind := r.kind(typeName)
		config := z.value(t, kind, s.Config)
		all := names(config, "")
		name := all[int(where)%len(all)]
		given, ok := get(config, name)
		if !ok || strings.ToValidUTF8(text, "") != text {
			return // it is below something that is null, or cannot come from Terraform
		}
		config = with(config, name, anotherValue(given.Type(), how, text))
		canBeShown(t, r.validate(typeName, config), text)
		have := subject{typeName: typeName, kind: kind, state: z.value(t, kind, s.State)}
		for _, before := range []subject{null(have), have} {
			p := r.plan(before, config)
			canBeShown(t, p.errors, text)
			if p.errors == "" && config.IsFullyKnown() {
				_, problems := r.apply(before, config, p)
				canBeShown(t, problems, text)
			}
		}
	})
}

// FuzzImportID imports each type by any text.
func FuzzImportID(f *testing.F) {
	z := startFuzzed(f)
	for i, typeName := range z.types {
		for _, id := range []string{z.samples[typeName].ImportID, "", "/", "a/b/c/d", "..", "x?config_wo_version=1", "?=", "%2e%2e", "x\n"} {
			f.Add(uint16(i), id)
		}
	}
	f.Fuzz(func(t *testing.T, which uint16, id string) {
		typeName := z.types[int(which)%len(z.types)]
		z.answer(z.truth(z.samples[typeName]))
		got, problems := z.run(t).importID(typeName, id)
		canBeShown(t, problems, id)
		if problems == "" && got.state.Type() == nil {
			t.Errorf("%s %q: neither a resource nor an error", typeName, id)
		}
	})
}

// FuzzDataSource answers every call of each data source with the same body.
func FuzzDataSource(f *testing.F) {
	z := startFuzzed(f)
	for i, typeName := range z.types {
		for _, body := range z.samples[typeName].Answers {
			f.Add(uint16(i), []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, which uint16, body []byte) {
		z.answer(func(*http.Request) (string, int, []byte) { return "application/json", http.StatusOK, body })
		r := z.run(t)
		all := slices.Sorted(maps.Keys(r.schema.DataSourceSchemas))
		name := all[int(which)%len(all)]
		problems := r.read(name, anyConfig(r.schema.DataSourceSchemas[name]))
		canBeShown(t, problems)
		if problems != "" && !strings.Contains(problems, "/api/") && !strings.Contains(problems, "/oidc/") && !strings.Contains(problems, "[") {
			t.Errorf("%s: the error names neither a call nor an attribute: %s", name, problems)
		}
	})
}
