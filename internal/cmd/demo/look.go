// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
)

// change is a resource that a plan changes. attributes are those of an update
// whose values change, joined by commas.
type change struct{ address, action, attributes string }

// String is the change as people read it in a plan.
func (c change) String() string {
	sign := map[string]string{"create": "+", "update": "~", "delete": "-", "replace": "±"}[c.action]
	if c.attributes == "" {
		return sign + " " + c.address
	}
	return sign + " " + c.address + ": " + c.attributes
}

// changesIn are the changes in a plan, by address.
func changesIn(plan *tfjson.Plan) []change {
	var changes []change
	for _, r := range plan.ResourceChanges {
		switch actions := r.Change.Actions; {
		case actions.NoOp(), actions.Read():
		case actions.Create():
			changes = append(changes, change{r.Address, "create", ""})
		case actions.Update():
			changes = append(changes, change{r.Address, "update", strings.Join(changedAttributes(r.Change), ", ")})
		case actions.Delete():
			changes = append(changes, change{r.Address, "delete", ""})
		default:
			changes = append(changes, change{r.Address, "replace", ""})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.address, b.address) })
	return changes
}

// changedAttributes are those whose values differ or are not known yet.
func changedAttributes(c *tfjson.Change) []string {
	before, _ := c.Before.(map[string]any)
	after, _ := c.After.(map[string]any)
	unknown, _ := c.AfterUnknown.(map[string]any)
	changed := map[string]bool{}
	for name, value := range after {
		changed[name] = !reflect.DeepEqual(before[name], value)
	}
	for name, value := range before {
		changed[name] = !reflect.DeepEqual(value, after[name])
	}
	for name, value := range unknown {
		changed[name] = changed[name] || value == true
	}
	maps.DeleteFunc(changed, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(changed))
}

// facts are what the demo looks at on the server, each a list of names or URLs.
type facts map[string][]string

// compare says how the facts differ from those wanted, "" when they do not.
func (f facts) compare(wanted facts) string {
	var differences []string
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if !slices.Equal(f[name], wanted[name]) {
			differences = append(differences, fmt.Sprintf("%s: %v instead of %v", name, f[name], wanted[name]))
		}
	}
	return strings.Join(differences, "; ")
}

// tenantIsAsWanted compares the server, seen from outside, with what is wanted.
func (d *demo) tenantIsAsWanted(ctx context.Context, text string) error {
	seen, err := d.look()
	if err != nil {
		return err
	}
	if seen["scopes of the worker's own sign-in"], err = d.signInAsWorker(ctx); err != nil {
		return err
	}
	difference := seen.compare(wanted)
	return d.check(
		promise{difference == "", text, difference},
		promise{true, "the worker signs in with its own secret and may " + strings.Join(seen["scopes of the worker's own sign-in"], " and "), ""},
	)
}

func (d *demo) look() (facts, error) {
	seen := facts{}
	for _, name := range []string{portalName, workerName} {
		app, err := d.find("/api/applications", name)
		if err != nil {
			return nil, err
		}
		seen["redirect URIs of "+name] = app.redirectURIs
		seen["secrets of "+name] = d.names("/api/applications/" + app.id + "/secrets")
		seen["roles of "+name] = d.names("/api/applications/" + app.id + "/roles")
	}
	api, err := d.find("/api/resources", apiName)
	if err != nil {
		return nil, err
	}
	seen["scopes of "+apiName] = d.names("/api/resources/" + api.id + "/scopes")
	for _, name := range []string{"Member", "Owner", "Project sync"} {
		role, err := d.find("/api/roles", name)
		if err != nil {
			return nil, err
		}
		seen["scopes of the role "+name] = d.names("/api/roles/" + role.id + "/scopes")
	}
	return seen, nil
}

// signInAsWorker gets an access token with the app ID and secret in the outputs
// and returns what it allows.
func (d *demo) signInAsWorker(ctx context.Context) ([]string, error) {
	outputs, err := d.work.Outputs(ctx)
	if err != nil {
		return nil, err
	}
	id, err := text(outputs, "worker_app_id")
	if err != nil {
		return nil, err
	}
	secret, err := text(outputs, "worker_app_secret")
	if err != nil {
		return nil, err
	}
	api, err := text(outputs, "api")
	if err != nil {
		return nil, err
	}
	form := url.Values{"grant_type": {"client_credentials"}, "resource": {api}, "scope": {"read:projects write:projects manage:billing"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.server.URL+"/oidc/token", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(id, secret)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var answer struct {
		Scope string `json:"scope"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the worker cannot sign in: HTTP %d", res.StatusCode)
	}
	return slices.Sorted(slices.Values(strings.Fields(answer.Scope))), nil
}

// text is an output that is a string.
func text(outputs map[string]tfexec.OutputMeta, name string) (string, error) {
	var value string
	if err := json.Unmarshal(outputs[name].Value, &value); err != nil || value == "" {
		return "", fmt.Errorf("the output %s is no text", name)
	}
	return value, nil
}

// found is an object on the server.
type found struct {
	id, name     string
	redirectURIs []string
}

// find returns the one object with that name in a list of the API.
func (d *demo) find(path, name string) (*found, error) {
	var all []found
	for _, o := range d.list(path) {
		if o.name == name {
			all = append(all, o)
		}
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("GET %s has %d objects called %q instead of one", path, len(all), name)
	}
	return &all[0], nil
}

// names are those of the objects in a list of the API, sorted.
func (d *demo) names(path string) []string {
	var names []string
	for _, o := range d.list(path) {
		names = append(names, o.name)
	}
	slices.Sort(names)
	return names
}

// list reads a list of the API in process, which counts as no call. One that
// does not exist is empty.
func (d *demo) list(path string) []found {
	_, answer := d.server.Do(http.MethodGet, path+"?page=1&page_size=100", nil)
	rows, _ := answer.([]any)
	var all []found
	for _, r := range rows {
		row, _ := r.(map[string]any)
		o := found{}
		o.id, _ = row["id"].(string)
		o.name, _ = row["name"].(string)
		client, _ := row["oidcClientMetadata"].(map[string]any)
		uris, _ := client["redirectUris"].([]any)
		for _, uri := range uris {
			o.redirectURIs = append(o.redirectURIs, fmt.Sprint(uri))
		}
		all = append(all, o)
	}
	return all
}

// do changes something on the server as somebody else would.
func (d *demo) do(method, path string, body any) error {
	if status, answer := d.server.Do(method, path, body); status/100 != 2 {
		return fmt.Errorf("%s %s: HTTP %d %v", method, path, status, answer)
	}
	return nil
}

// difference says which collections of the server grew or shrank.
func difference(before, after map[string]int) string {
	var differences []string
	collections := map[string]bool{}
	for _, rows := range []map[string]int{before, after} {
		for name := range rows {
			collections[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(collections)) {
		if before[name] != after[name] {
			differences = append(differences, fmt.Sprintf("%s has %d rows instead of %d", name, after[name], before[name]))
		}
	}
	return strings.Join(differences, ", ")
}
