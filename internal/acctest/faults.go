// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

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

// Faults takes the resource through create, read, import, update, the way back and
// delete, each with every operation of the API failing in all of the ways, one after
// another, before it succeeds. After each of them exactly the wanted objects must exist, the state
// must be what the API has, and a second plan must be empty. The CLI says once what the
// configurations are; the lives are lived over Terraform's protocol.
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
	s := l.newSweep(t)
	all := s.stages()
	s.undisturbed(all)
	called := operations(all)
	for _, st := range all {
		s.about = st.name + " with every operation failing in all ways"
		st.restore()
		s.target.Reset()
		for _, operation := range called {
			for _, f := range faults {
				inject(s.target.Server, f.fault, operation, 0, 1)
			}
		}
		have := st.before
		r, problems := s.target.tryRun(t)
		if problems == "" {
			have, problems = st.ask(r, have)
		}
		if s.target.Server.Hits() == 0 {
			t.Errorf("%s: no call failed", s.about)
		}
		s.target.Server.ClearFaults()
		if problems != "" {
			t.Errorf("%s: %s", s.about, problems)
			continue
		}
		s.verify(st, have)
	}
	for _, p := range s.tally.Problems {
		t.Error(p)
	}
}

// operations are those of the API that the stages of an undisturbed life call.
func operations(all []*stage) []string {
	called := map[string]bool{}
	for _, st := range all {
		for _, operation := range st.calls {
			called[operation] = true
		}
	}
	return slices.Sorted(maps.Keys(called))
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
