// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// A small tenant through the real CLI keeps all targets that are numbers of calls.
func TestAccTenant(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1")
	}
	var out strings.Builder
	err := run(t.Context(), &out, options{
		cli: os.Getenv("TF_ACC_TERRAFORM_PATH"), sizes: []int{100}, latencies: []time.Duration{0}, only: []string{"tenant"}, repeat: 1, check: true, last: filepath.Join(t.TempDir(), "last.json"),
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
}

func TestMixesHaveTheirSize(t *testing.T) {
	t.Parallel()
	for _, m := range mixes() {
		sizes := m.sizes
		if sizes == nil {
			sizes = []int{100, 300, 999, 1000, 5000}
		}
		for _, n := range sizes {
			if got := objectsIn(m.blocks(n)); got < n-5 || got > n+1 {
				t.Errorf("%s of %d has %d objects", m.name, n, got)
			}
			for _, b := range m.blocks(n) {
				if b.count < 1 {
					t.Errorf("%s of %d has %d times logto_%s.%s", m.name, n, b.count, b.kind, b.name)
				}
			}
		}
	}
}

func TestTwinHasTheSameShape(t *testing.T) {
	t.Parallel()
	blocks := []block{{kind: "role", name: "a", count: 2, body: text("name = 1")}, {kind: "role_scope", name: "b", count: 3, body: func(ref reference) string {
		return "role_id = " + ref("role", "a", "0", "id") + "\nscope_id = " + ref("api_resource", "c", "count.index", `scopes["x"].id`)
	}}}
	for config, lines := range map[string][]string{
		configuration(blocks): {`resource "logto_role" "a" {`, "count = 2", "role_id = logto_role.a[0].id", `scope_id = logto_api_resource.c[count.index].scopes["x"].id`},
		twin(blocks):          {`resource "terraform_data" "role_a" {`, "count = 3", "role_id = terraform_data.role_a[0].id", "scope_id = terraform_data.api_resource_c[count.index].id"},
	} {
		for _, line := range lines {
			if !strings.Contains(config, line) {
				t.Errorf("no %q in\n%s", line, config)
			}
		}
	}
}

func TestMissedTargets(t *testing.T) {
	t.Parallel()
	cost := func(calls int, elapsed time.Duration) sandbox.Cost {
		return sandbox.Cost{Calls: calls, Elapsed: elapsed, Tokens: 1, Connections: 1}
	}
	run := lifecycle{size: 1000, objects: 1000, apply: cost(1000, 1), plan: cost(12, 115), noRefresh: cost(0, 100), destroy: cost(1000, 1)}
	late := run
	late.latency, late.plan = 20*time.Millisecond, cost(13, 117)
	r := result{mix: tenant(), runs: []lifecycle{{size: 1000, objects: 1000, twin: true, plan: cost(0, 210), noRefresh: cost(0, 200)}, run, late}}
	var out strings.Builder
	if missed := r.targets(&out); missed != 2 {
		t.Errorf("%d missed instead of 2", missed)
	}
	for _, line := range []string{"calls of a plan ≤ 12 | 12 · **13** |", "÷ that of terraform_data ≤ 1.10 | 1.10 · **1.11** |", "calls of an apply ≤ 1,012 | 1,000 · 1,000 |"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, out.String())
		}
	}
}

func TestLastResults(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new", "last.json")
	run := lifecycle{size: 100, objects: 100, plan: sandbox.Cost{Elapsed: 1500 * time.Millisecond}}
	for i, want := range []string{"| 1.50 s |", "| 1.50 s (1.50) |"} {
		last, err := openLast(file)
		if err != nil {
			t.Fatal(err)
		}
		r := result{mix: tenant(), runs: []lifecycle{run}}
		var out strings.Builder
		r.times(&out, last)
		if !strings.Contains(out.String(), want) {
			t.Errorf("run %d: no %q in\n%s", i, want, out.String())
		}
		if err := last.keep([]result{r}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGateOfLogtoCloud(t *testing.T) {
	t.Parallel()
	g := &gate{}
	start := time.Now()
	for i := range cloudRequests {
		if left := g.arrive(start.Add(time.Duration(i)*time.Millisecond), i%4 == 0); left > 0 {
			t.Fatalf("request %d is refused", i)
		}
	}
	if left := g.arrive(start.Add(time.Second), true); left != cloudWindow-time.Second {
		t.Errorf("one too many waits for %s", left)
	}
	if left := g.arrive(start.Add(cloudWindow+time.Second), false); left != 0 {
		t.Errorf("in the next window a request waits for %s", left)
	}
	if got, want := g.counts(), (arrived{busiest: 201, terraform: 150, refusedSignIns: 1, signIns: 51}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	got := median([]sandbox.Cost{{Elapsed: 9, Calls: 3}, {Elapsed: 1, Calls: 5}, {Elapsed: 4, Calls: 4}})
	if got.Elapsed != 4 || got.Calls != 5 {
		t.Errorf("got %+v, want the time in the middle and the most calls", got)
	}
}

func TestThousands(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 10_000: "10,000", 1_234_567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is %s instead of %s", n, got, want)
		}
	}
}
