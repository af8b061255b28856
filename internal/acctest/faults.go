// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// faults are the ways in which a call can fail and its work be done all the same.
var faults = []struct {
	name  string
	fault fakelogto.Fault
}{
	{"429", fakelogto.Fault{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}}},
	{"503", fakelogto.Fault{Status: http.StatusServiceUnavailable}},
	{"reset", fakelogto.Fault{Drop: fakelogto.DropBefore}},
	{"lost", fakelogto.Fault{Drop: fakelogto.DropAfter}},
}

// Faults takes the resource through create, update, the way back and destroy,
// while every operation of the API fails in all of the ways, one after another,
// before it succeeds. At each step exactly the wanted objects must exist and a
// second plan must be empty.
//
// Where [tally.Variable] names a folder, each call fails alone instead: see [Lifecycle.Sweep].
// Where [tally.RandomVariable] is set, there are random lives instead: see [Lifecycle.Random].
func (l Lifecycle) Faults(t *testing.T) {
	t.Helper()
	if o, ok := randomOptions(t); ok {
		l.Random(t, o)
		return
	}
	t.Parallel()
	if dir := os.Getenv(tally.Variable); dir != "" {
		l.Sweep(t, dir)
		return
	}
	target := l.startMemory(t)
	calls := map[string]int{} // operation → calls in an undisturbed life
	want := l.live(t, target, nil, func() {
		for _, c := range target.Server.Calls() {
			calls[c.Operation]++
		}
	})
	t.Run("all", func(t *testing.T) {
		t.Parallel()
		l.survive(t, want, func(s *fakelogto.Server) {
			for operation := range calls {
				for _, f := range faults {
					inject(s, f.fault, operation, 0, 1)
				}
			}
			for _, f := range faults {
				inject(s, f.fault, tokenOperation, 0, 1)
			}
		})
	})
}

func (l Lifecycle) startMemory(t *testing.T) *Target {
	t.Helper()
	target := StartMemory(t)
	if l.Cloud {
		fakelogto.BecomeCloud(target.Server)
	}
	return target
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// inject makes calls of an operation fail: so many times, always for 0, after some that pass.
func inject(s *fakelogto.Server, f fakelogto.Fault, operation string, skip, times int) {
	method, path, _ := strings.Cut(operation, " ")
	f.Method, f.Path, f.Skip, f.Times = method, parameter.ReplaceAllString(path, "*"), skip, times
	s.Inject(f)
}

// survive lives a life on a server with faults and compares what exists.
func (l Lifecycle) survive(t *testing.T, want []map[string]int, injure func(*fakelogto.Server)) {
	target := l.startMemory(t)
	got := l.live(t, target, injure, func() {})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("objects after create, update, back, destroy, without and with faults (-without +with):\n%s", diff)
	}
}

// live applies minimal, full and minimal, and destroys. It returns the number
// of rows in each collection after each of them.
func (l Lifecycle) live(t *testing.T, target *Target, injure func(*fakelogto.Server), after func()) []map[string]int {
	t.Helper()
	if injure != nil {
		injure(target.Server)
	}
	var rows []map[string]int
	count := func() { rows = append(rows, target.Server.Rows()) }
	configs := []string{l.Minimal, l.Full, l.Minimal}
	if l.Full == "" {
		configs = configs[:1]
	}
	var steps []resource.TestStep
	for _, config := range configs {
		// The harness plans again after each apply, and fails unless that is empty.
		steps = append(steps, resource.TestStep{Config: l.Setup + "\n" + config, Check: func(*terraform.State) error {
			count()
			return nil
		}})
	}
	target.Test(t, resource.TestCase{Steps: steps})
	count()
	after()
	return rows
}
