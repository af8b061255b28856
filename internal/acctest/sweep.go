// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
)

// The sweep makes each API call of a life fail alone, in each way. The CLI makes the
// surroundings and says once what the configurations are; the lives are lived over
// Terraform's protocol, on a tenant that is put back in between.

// sweep is the sweep of one lifecycle.
type sweep struct {
	*life
	tally         *tally.Tally
	kind          tftypes.Type
	minimal, full tftypes.Value // the configurations
	importDiffers []string      // what an import does not know, in the undisturbed life
	moves         []string      // what changes by itself, as the status of a domain
	about         string        // which life it is, for problems
}

// Sweep is [Lifecycle.Faults] call by call. What it counts goes into a file of the
// folder dir; where that is there already, nothing is done.
func (l Lifecycle) Sweep(t *testing.T, dir string) {
	t.Helper()
	name := t.Name()
	if done, err := tally.Done(dir, name); err != nil {
		t.Fatal(err)
	} else if done != nil {
		t.Logf("swept before: %d lives", done.Lives)
		return
	}
	started := time.Now()
	s := l.newSweep(t)
	s.run()
	s.tally.Took = time.Since(started)
	for _, p := range s.tally.Problems {
		t.Error(p)
	}
	if err := s.tally.Save(dir); err != nil {
		t.Fatal(err)
	}
}

// newSweep makes the surroundings of the resource.
func (l Lifecycle) newSweep(t *testing.T) *sweep {
	t.Helper()
	typeName, _, _ := strings.Cut(l.Resource, ".")
	s := &sweep{life: &life{Lifecycle: l, t: t, target: l.startMemory(t)}, tally: &tally.Tally{Test: t.Name(), Type: typeName}}
	s.configure()
	if t.Failed() {
		t.FailNow()
	}
	return s
}

// configure lets the CLI make the surroundings, and takes the configurations from what
// it plans. It leaves the tenant with the surroundings and without the resource.
func (s *sweep) configure() {
	target := s.target
	minimal, full := s.Setup+"\n"+s.Minimal, s.Setup+"\n"+s.Full
	var restore func()
	noted := func(state *terraform.State) error {
		restore = target.Server.Snapshot()
		return s.life.note(state)
	}
	var have subject
	planned := func(into *tftypes.Value) {
		var ok bool
		if have, *into, ok = target.lastPlanned(s.t, s.Resource, s.attributes); !ok {
			s.t.Fatalf("no plan of %s was seen", s.Resource)
		}
	}
	steps := []resource.TestStep{{Config: minimal, Check: noted}}
	if s.Full != "" {
		steps = append(steps, resource.TestStep{PreConfig: func() { planned(&s.minimal) }, Config: full, Check: noted})
	}
	target.Test(s.t, resource.TestCase{Steps: steps})
	if planned(&s.full); s.Full == "" {
		s.minimal = s.full
	}
	s.kind = have.kind
	restore()
	gone := tftypes.NewValue(s.kind, nil)
	if _, problems := target.newRun(s.t).apply(have, gone, destroying(have, gone)); problems != "" {
		s.t.Fatalf("taking the resource out of its surroundings: %s", problems)
	}
	target.Reset()
}

// run lives the life without a fault, and then one with each call of it failing in each
// way.
func (s *sweep) run() {
	ways, all := failingWays(), s.stages()
	base := s.target.Server.Rows()
	s.undisturbed(all)
	for _, st := range all {
		s.tally.Calls += len(st.calls)
	}
	for i, st := range all {
		for index, call := range st.calls {
			for _, w := range ways {
				s.about = fmt.Sprintf("%s: %s, call %d (%s), %s", s.tally.Test, st.name, index+1, call, w.name)
				s.disturbed(st, i == len(all)-1, index, w, base)
			}
		}
	}
}

// undisturbed lives the life and notes what each stage starts from, calls and leaves.
func (s *sweep) undisturbed(all []*stage) {
	server := s.target.Server
	have := null(subject{typeName: s.tally.Type, kind: s.kind})
	for _, st := range all {
		s.about = s.tally.Test + ": " + st.name + " without a fault"
		st.restore, st.before = server.Snapshot(), have
		server.ResetCalls()
		r, problems := s.target.tryRun(s.t)
		if problems == "" {
			have, problems = st.ask(r, have)
		}
		if problems != "" {
			s.t.Fatalf("%s: %s", s.about, problems)
		}
		st.calls = []string{tokenOperation}
		for _, c := range server.Calls() {
			st.calls = append(st.calls, c.Operation)
		}
		st.after, st.rows, st.object = have, server.Rows(), s.objectOf(have)
		if !have.state.IsNull() {
			seen, _ := s.target.newRun(s.t).refresh(have)
			if moved := changes(have.state, seen.state); len(moved) > 0 {
				s.t.Logf("%s: these change by themselves: %v", s.about, moved)
				s.moves = append(s.moves, moved...)
			}
		}
		s.settled(st, have)
		if st.config.Equal(s.full) {
			s.tally.Sample = s.sample(st)
		}
	}
}

// objectOf is what the API has of the resource, nil when it is gone or has no path.
func (s *sweep) objectOf(have subject) map[string]any {
	if have.state.IsNull() {
		return nil
	}
	s.attributes = texts(have.state)
	object, err := s.object()
	if err != nil {
		s.note(&s.tally.Lies, "%s", err)
	}
	return object
}

// disturbed lives from a stage on with a call that fails: the stage, where it ends in
// an error the stage once more without a fault, and the end of the life.
func (s *sweep) disturbed(st *stage, last bool, index int, w way, base map[string]int) {
	server := s.target.Server
	s.target.Reset()
	st.restore()
	w.arm(server, st.calls, index)
	have := st.before
	r, problems := s.target.tryRun(s.t)
	if problems == "" {
		have, problems = st.ask(r, have)
	}
	hits := server.Hits()
	server.ClearFaults()
	if hits == 0 {
		return // the calls come in another order, or another call made this one needless
	}
	s.tally.Lives++
	found := s.tally.Found()
	if problems != "" {
		if !w.lasting {
			s.note(&s.tally.Errors, "%s", problems)
		}
		if have, problems = s.again(st, have); problems != "" {
			s.note(&s.tally.Stuck, "the run after the failure: %s", problems)
			return
		}
	}
	s.verify(st, have)
	if last || s.tally.Found() > found || have.state.IsNull() {
		return
	}
	gone := tftypes.NewValue(s.kind, nil)
	if _, problems := s.target.newRun(s.t).apply(have, gone, destroying(have, gone)); problems != "" {
		s.note(&s.tally.Stuck, "destroy: %s", problems)
	} else if rows := server.Rows(); !maps.Equal(rows, base) {
		s.note(&s.tally.Orphans, "destroyed, and this is left (-wanted +there):\n%s", cmp.Diff(base, rows))
	}
}

// again is the next run, after one that ended in an error. Terraform replaces what was
// made with an error.
func (s *sweep) again(st *stage, have subject) (subject, string) {
	r := s.target.newRun(s.t)
	if st.makes && !have.state.IsNull() && !have.state.Equal(st.before.state) {
		gone := tftypes.NewValue(s.kind, nil)
		if _, problems := r.apply(have, gone, destroying(have, gone)); problems != "" {
			return have, problems
		}
		have, r = null(have), s.target.newRun(s.t)
	}
	return st.ask(r, have)
}

// destroying is the plan of a destroy.
func destroying(have subject, gone tftypes.Value) planned {
	return planned{state: gone, private: have.private}
}

// verify compares what is there after a stage with what the undisturbed life had.
func (s *sweep) verify(st *stage, have subject) {
	rows := s.target.Server.Rows()
	for _, name := range slices.Sorted(maps.Keys(mergedKeys(rows, st.rows))) {
		switch {
		case rows[name] > st.rows[name] && st.config.IsNull():
			s.note(&s.tally.Orphans, "%d of %s, want %d", rows[name], name, st.rows[name])
		case rows[name] > st.rows[name]:
			s.note(&s.tally.Duplicates, "%d of %s, want %d", rows[name], name, st.rows[name])
		case rows[name] < st.rows[name]:
			s.note(&s.tally.Lost, "%d of %s, want %d", rows[name], name, st.rows[name])
		}
	}
	s.settled(st, have)
	if object := s.objectOf(have); !st.makes && !cmp.Equal(object, st.object) {
		s.note(&s.tally.Lies, "the API object differs (-without a fault +with):\n%s", cmp.Diff(st.object, object))
	}
}

func mergedKeys(a, b map[string]int) map[string]int {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// settled checks that the state is what the API has, and that there is nothing to do.
func (s *sweep) settled(st *stage, have subject) {
	if st.config.IsNull() || have.state.IsNull() {
		if !st.config.IsNull() || !have.state.IsNull() {
			s.note(&s.tally.Lies, "the state is null: %v, and should be: %v", have.state.IsNull(), st.config.IsNull())
		}
		return
	}
	r := s.target.newRun(s.t)
	seen, problems := r.refresh(have)
	if problems != "" {
		s.note(&s.tally.Stuck, "refresh: %s", problems)
		return
	}
	differ := slices.DeleteFunc(changes(have.state, seen.state), func(n string) bool { return slices.Contains(s.moves, n) })
	if len(differ) > 0 {
		s.note(&s.tally.Lies, "the state has other values of %v than the API", differ)
	}
	if p := r.plan(seen, st.config); p.errors != "" || !p.state.Equal(seen.state) {
		s.note(&s.tally.NotEmpty, "the next plan changes %v %s", changes(seen.state, p.state), p.errors)
	}
}

// note counts something that must not be, and says in which life it was.
func (s *sweep) note(counter *int, format string, values ...any) {
	*counter++
	s.tally.Problems = append(s.tally.Problems, s.about+": "+fmt.Sprintf(format, values...))
}
