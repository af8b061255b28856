// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// The demo itself, as people see it.
func TestAccDemo(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1")
	}
	var out strings.Builder
	if err := run(t.Context(), &out, os.Getenv("TF_ACC_TERRAFORM_PATH"), false); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), "Every promise held.") {
		t.Errorf("the demo ends without saying so:\n%s", out.String())
	}
}

func TestBrokenPromiseEndsTheDemo(t *testing.T) {
	t.Parallel()
	d := &demo{out: io.Discard}
	if err := d.check(promise{true, "kept", "not shown"}); err != nil {
		t.Error(err)
	}
	err := d.check(promise{true, "kept", ""}, promise{false, "nothing is left", "roles has 3 rows instead of 1"}, promise{true, "kept", ""})
	if want := `the promise "nothing is left" is not kept: roles has 3 rows instead of 1`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	want := facts{"scopes": {"a", "b"}, "roles": nil}
	if got := (facts{"scopes": {"a", "b"}, "other": {"x"}}).compare(want); got != "" {
		t.Error(got)
	}
	if got := (facts{"scopes": {"a"}, "roles": {"x"}}).compare(want); got != "roles: [x] instead of []; scopes: [a] instead of [a b]" {
		t.Error(got)
	}
}

func TestDifference(t *testing.T) {
	t.Parallel()
	before := map[string]int{"roles": 1, "scopes": 2, "users": 4}
	if got := difference(before, map[string]int{"roles": 3, "users": 4, "secrets": 1}); got !=
		"roles has 3 rows instead of 1, scopes has 0 rows instead of 2, secrets has 1 rows instead of 0" {
		t.Error(got)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	resource := func(address string, c tfjson.Change) *tfjson.ResourceChange {
		return &tfjson.ResourceChange{Address: address, Change: &c}
	}
	got := changesIn(&tfjson.Plan{ResourceChanges: []*tfjson.ResourceChange{
		resource("x.updated", tfjson.Change{
			Actions:      tfjson.Actions{tfjson.ActionUpdate},
			Before:       map[string]any{"id": "1", "name": "a", "tags": []any{"x"}, "same": []any{"y"}, "computed": "c"},
			After:        map[string]any{"id": "1", "name": "b", "same": []any{"y"}},
			AfterUnknown: map[string]any{"computed": true},
		}),
		resource("x.same", tfjson.Change{Actions: tfjson.Actions{tfjson.ActionNoop}}),
		resource("data.x", tfjson.Change{Actions: tfjson.Actions{tfjson.ActionRead}}),
		resource("x.created", tfjson.Change{Actions: tfjson.Actions{tfjson.ActionCreate}}),
		resource("x.deleted", tfjson.Change{Actions: tfjson.Actions{tfjson.ActionDelete}}),
		resource("x.replaced", tfjson.Change{Actions: tfjson.Actions{tfjson.ActionDelete, tfjson.ActionCreate}}),
	}})
	want := []change{
		{"x.created", "create", ""}, {"x.deleted", "delete", ""}, {"x.replaced", "replace", ""}, {"x.updated", "update", "computed, name, tags"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
