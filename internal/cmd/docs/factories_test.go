// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

func everyFactory(t *testing.T) []factory {
	t.Helper()
	all, err := factories()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The page has every key that Logto reports, with the same values.
func TestFactoriesHaveWhatLogtoReports(t *testing.T) {
	t.Parallel()
	for _, f := range everyFactory(t) {
		for _, item := range f.reported.FormItems {
			i := slices.IndexFunc(f.Keys, func(k factoryKey) bool { return k.Key == item.Key })
			if i < 0 {
				t.Errorf("%s: the key %s is missing", f.ID, item.Key)
				continue
			}
			for _, selected := range item.SelectItems {
				if !slices.Contains(f.Keys[i].Values, selected.Value) {
					t.Errorf("%s: %s has no value %v", f.ID, item.Key, selected.Value)
				}
			}
		}
		for _, k := range f.Keys {
			if !strings.HasSuffix(k.Meaning, ".") || k.Type == "" {
				t.Errorf("%s: %s has no type, or no sentence", f.ID, k.Key)
			}
			if named := regexp.MustCompile(`(?i)secret$|token$|pass$|privateKey$|apiKey$`).MatchString(k.Key); named && !k.Secret && f.ID != "vonage-sms" {
				t.Errorf("%s: %s is no secret", f.ID, k.Key)
			}
		}
	}
}

// Logto accepts a config that has every key, and refuses one that lacks a required key, or that has a
// value of another type or another word in one of them. It accepts one without any other key.
func TestFactoriesAreWhatLogtoChecks(t *testing.T) {
	t.Parallel()
	for _, f := range everyFactory(t) {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			server := fakelogto.Start(t)
			accepts := func(replace map[string]any) bool {
				config := configOf(f, replace)
				body := map[string]any{"connectorId": f.ID, "config": config}
				if f.reported.IsStandard {
					body["metadata"] = map[string]any{"target": "acme"}
				}
				status, answer := server.Do(http.MethodPost, "/api/connectors", body)
				if created, ok := answer.(map[string]any); ok && status == http.StatusOK {
					server.Do(http.MethodDelete, fmt.Sprintf("/api/connectors/%v", created["id"]), nil)
				}
				return status == http.StatusOK
			}
			if !accepts(nil) {
				t.Fatalf("not accepted: %v", configOf(f, nil))
			}
			for _, k := range f.Keys {
				if alternative := strings.HasPrefix(k.Key, "auth.") || strings.HasPrefix(k.Key, "deliveries.*."); alternative {
					continue // of one of several forms of an object
				}
				if accepts(map[string]any{k.Key: nil}) == k.Required {
					t.Errorf("%s: required is %v", k.Key, k.Required)
				}
				if wrong := ofAnotherType(k); accepts(map[string]any{k.Key: wrong}) {
					t.Errorf("%s: accepts %v, which is no %s", k.Key, wrong, k.Type)
				}
				if len(k.Values) > 0 && k.Type == "string" && accepts(map[string]any{k.Key: "another word"}) {
					t.Errorf("%s: accepts more than %v", k.Key, k.Values)
				}
			}
		})
	}
}

// configOf is a config with every key but those of alternative forms; replace has other values, and
// nil for a key that is left out.
func configOf(f factory, replace map[string]any) map[string]any {
	var build func(prefix string) map[string]any
	build = func(prefix string) map[string]any {
		object := map[string]any{}
		for _, k := range f.Keys {
			name, ok := strings.CutPrefix(k.Key, prefix)
			if !ok || strings.ContainsAny(name, ".[") {
				continue
			}
			value, replaced := replace[k.Key]
			if !replaced {
				value = sample(k)
				switch nested := build(k.Key + "[]."); {
				case len(nested) > 0:
					var list []any
					usages, _ := nested["usageType"].([]any)
					if usages == nil {
						usages = []any{nested["usageType"]}
					}
					for _, usage := range usages {
						item := build(k.Key + "[].")
						item["usageType"] = usage
						list = append(list, item)
					}
					value = list
				case k.Key == "auth":
					value = map[string]any{"type": "login", "user": "logto", "pass": "secret"}
				case k.Key == "deliveries":
					value = map[string]any{"Generic": map[string]any{"html": "text"}}
				case len(build(k.Key+".")) > 0:
					value = build(k.Key + ".")
				}
			}
			if value != nil {
				object[name] = value
			}
		}
		return object
	}
	return build("")
}

// sample is a value of a key: its example, else one of its type.
func sample(k factoryKey) any {
	switch {
	case k.Example != nil:
		return k.Example
	case len(k.Values) > 0 && k.Type != "list of strings":
		return k.Values[0]
	}
	var value any
	_ = json.Unmarshal([]byte(map[string]string{
		"number": "1", "boolean": "false", "object": "{}", "map": "{}", "map of strings": "{}", "map of booleans": "{}",
		"list of strings": "[]",
	}[k.Type]), &value)
	if value == nil {
		return "text"
	}
	return value
}

// ofAnotherType is a value that a key cannot have.
func ofAnotherType(k factoryKey) any {
	if strings.Contains(k.Type, "string") && !strings.HasPrefix(k.Type, "list") && !strings.HasPrefix(k.Type, "map") {
		return true
	}
	return "text"
}

// The examples of the page are applied in one run. Because a tenant has one connector for email and one
// for SMS, several providers with a tenant each stand behind it.
func TestAccFactoryExamples(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	others, tenants := map[string]tfprotov6.ProviderServer{}, []*acctest.Target{acctest.StartMemory(t)}
	var config, required strings.Builder
	of := map[string]int{} // the number of connectors of a type
	variables := map[string]bool{}
	for i, f := range everyFactory(t) {
		example := f.example()
		for _, m := range regexp.MustCompile(`var\.(\w+)`).FindAllStringSubmatch(example, -1) {
			variables[m[1]] = true
		}
		if f.reported.IsStandard { // a tenant has one connector of a target
			example = strings.Replace(example, `target       = "acme"`, fmt.Sprintf(`target = "acme%d"`, i), 1)
		}
		example = strings.Replace(example, fmt.Sprintf("%q {", f.localName()), fmt.Sprintf(`"c%d" {`, i), 1)
		if f.reported.Type != "Social" {
			n := of[f.reported.Type]
			of[f.reported.Type]++
			if n == len(tenants)-1 {
				tenants = append(tenants, acctest.StartMemory(t))
			}
			if n > 0 {
				example = strings.Replace(example, "{\n", fmt.Sprintf("{\nprovider = logto%d\n", n), 1)
			}
		}
		config.WriteString(example)
	}
	for n, tenant := range tenants[1:] {
		server, err := tenant.Providers()["logto"]()
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("logto%d", n+1)
		others["test/"+name] = server
		fmt.Fprintf(&required, "%s = { source = %q }\n", name, "test/"+name)
		config.WriteString(strings.Replace(tenant.Config(""), `"logto"`, fmt.Sprintf("%q", name), 1))
	}
	for name := range variables {
		fmt.Fprintf(&config, "variable %q {\nephemeral = true\ndefault = \"secret\"\n}\n", name)
	}
	newFolder(t, tenants[0], map[string]string{
		"main.tf":     config.String(),
		"versions.tf": "terraform {\nrequired_providers {\nlogto = { source = \"logto-community/logto\" }\n" + required.String() + "}\n}\nprovider \"logto\" {}\n",
	}, others).run(t, "apply", "-auto-approve")
	for _, tenant := range tenants {
		_, answer := tenant.Do(t, http.MethodGet, "/api/connectors", nil)
		for _, c := range answer.([]any) {
			of[c.(map[string]any)["type"].(string)]--
		}
	}
	if of["Email"] != 0 || of["Sms"] != 0 || of["Social"] > -20 {
		t.Errorf("connectors that were not created: %v", of)
	}
}
