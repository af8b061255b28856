// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

var record = flag.String("record", "", "record the states of every type as those of this version of the provider")

// everyType is a configuration with an object of every type.
var everyType = filepath.FromSlash("../export/testdata/every-type/main.tf")

// filled stands in a recorded state for what another tenant has another value of, such as
// an ID.
const filled = "(filled in by the test)"

// stateFile is what the test knows of a state.
type stateFile struct {
	Version          int             `json:"version"`
	TerraformVersion string          `json:"terraform_version"`
	Serial           int             `json:"serial"`
	Lineage          string          `json:"lineage"`
	Outputs          json.RawMessage `json:"outputs"`
	Resources        []stateResource `json:"resources"`
}

type stateResource struct {
	Mode      string           `json:"mode"`
	Type      string           `json:"type"`
	Name      string           `json:"name"`
	Provider  string           `json:"provider"`
	Instances []map[string]any `json:"instances"`
}

// every visits the attributes and the identity of each instance beside those of the same
// instance in other.
func (s *stateFile) every(other *stateFile, visit func(name string, mine, others map[string]any)) {
	index := map[string]map[string]any{}
	key := func(r stateResource, i map[string]any) string {
		return fmt.Sprint(r.Mode, " ", r.Type, ".", r.Name, " ", i["index_key"])
	}
	for _, r := range other.Resources {
		for _, i := range r.Instances {
			index[key(r, i)] = i
		}
	}
	for _, r := range s.Resources {
		for _, i := range r.Instances {
			visit(key(r, i), i, index[key(r, i)])
		}
	}
}

// A state that an earlier version wrote, of every type, is read by this one, and a plan of
// the configuration that made it changes nothing. To record those of a version:
// go test ./internal/provider -run TestAccProvider_statesOfEarlierVersions -record 1.2.3.
func TestAccProvider_statesOfEarlierVersions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	box, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	if *record != "" {
		recordStates(t, box, filepath.Join("testdata", "states", *record))
	}
	versions, err := filepath.Glob(filepath.Join("testdata", "states", "*"))
	if err != nil || len(versions) == 0 {
		t.Fatal("no states", err)
	}
	for _, dir := range versions {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			config := readFile(t, filepath.Join(dir, "main.tf"))
			target, vars := acctest.StartCloud(t), issuerVariables(t)
			fresh := freshState(t, box, target, config, vars)
			var was stateFile
			decodeFile(t, readFile(t, filepath.Join(dir, "state.json")), &was)
			was.every(fresh, func(name string, mine, others map[string]any) {
				if others == nil {
					t.Fatalf("the configuration makes no %s any more", name)
				}
				for part := range mine {
					mine[part] = fill(mine[part], others[part])
				}
			})
			for i := range was.Resources {
				was.Resources[i].Provider = fresh.Resources[0].Provider
			}
			state, err := json.Marshal(was)
			if err != nil {
				t.Fatal(err)
			}
			sh, err := box.Shell(target.Server, fstest.MapFS{"main.tf": {Data: []byte(config)}, "terraform.tfvars": {Data: []byte(vars)}, "terraform.tfstate": {Data: state}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := sh.Run(t.Context(), "terraform init && terraform plan -no-color -detailed-exitcode"); err != nil {
				t.Error(err)
			}
		})
	}
}

// freshState is the state after an apply of the configuration.
func freshState(t *testing.T, box *sandbox.Sandbox, target *acctest.Target, config, vars string) *stateFile {
	t.Helper()
	sh, err := box.Shell(target.Server, fstest.MapFS{"main.tf": {Data: []byte(config)}, "terraform.tfvars": {Data: []byte(vars)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sh.Run(t.Context(), "terraform init && terraform apply -no-color -auto-approve"); err != nil {
		t.Fatal(err)
	}
	state := &stateFile{}
	decodeFile(t, readFile(t, filepath.Join(sh.Dir, "terraform.tfstate")), state)
	return state
}

// recordStates writes a state with what two tenants have in common.
func recordStates(t *testing.T, box *sandbox.Sandbox, dir string) {
	t.Helper()
	config := readFile(t, everyType)
	state := freshState(t, box, acctest.StartCloud(t), config, issuerVariables(t))
	other := freshState(t, box, acctest.StartCloud(t), config, issuerVariables(t))
	state.every(other, func(_ string, mine, others map[string]any) {
		for _, part := range []string{"attributes", "identity"} {
			mine[part] = common(mine[part], others[part])
		}
	})
	state.TerraformVersion, state.Lineage = "1.8.0", "recorded"
	b, err := json.MarshalIndent(state, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"main.tf": config, "state.json": string(b) + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// common is a value with [filled] for the texts that another one has otherwise.
func common(mine, others any) any {
	switch m := mine.(type) {
	case string:
		if o, ok := others.(string); !ok || o != m {
			return filled
		}
	case []any:
		o, _ := others.([]any)
		for i := range m {
			m[i] = common(m[i], at(o, i))
		}
	case map[string]any:
		o, _ := others.(map[string]any)
		for name := range m {
			m[name] = common(m[name], o[name])
		}
	}
	return mine
}

// fill is a value with the texts of another one for [filled].
func fill(mine, others any) any {
	switch m := mine.(type) {
	case string:
		if m == filled {
			return others
		}
	case []any:
		o, _ := others.([]any)
		for i := range m {
			m[i] = fill(m[i], at(o, i))
		}
	case map[string]any:
		o, _ := others.(map[string]any)
		for name := range m {
			m[name] = fill(m[name], o[name])
		}
	}
	return mine
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// issuerVariables starts an OpenID provider, as far as Logto looks, for the configuration.
func issuerVariables(t *testing.T) string {
	t.Helper()
	var issuer *httptest.Server
	issuer = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": issuer.URL, "authorization_endpoint": issuer.URL, "token_endpoint": issuer.URL,
			"userinfo_endpoint": issuer.URL, "jwks_uri": issuer.URL})
	}))
	t.Cleanup(issuer.Close)
	return fmt.Sprintf("issuer = %q\n", issuer.URL)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func decodeFile(t *testing.T, content string, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(content))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}
