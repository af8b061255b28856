// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"math/big"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// stage is one run of Terraform in a life: it takes the resource as the run before
// left it, and returns it as this run leaves it and the errors.
type stage struct {
	name string
	ask  func(r *run, have subject) (subject, string)
	// config is what the resource must be like afterwards, null when it must be gone.
	config tftypes.Value
	// makes is set where the stage creates the object.
	makes bool

	// What follows is of the undisturbed life: what puts the tenant back to before the
	// stage, the resource before and after it, its calls, and what there is after it.
	restore       func()
	before, after subject
	calls         []string
	rows          map[string]int
	object        map[string]any
}

// tokenOperation is how the call for an access token stands among calls.
const tokenOperation = "POST /oidc/token"

// stages are the runs of a life: create, read, import, update, the way back, delete.
func (s *sweep) stages() []*stage {
	gone := tftypes.NewValue(s.kind, nil)
	become := func(config tftypes.Value) func(*run, subject) (subject, string) {
		return func(r *run, have subject) (subject, string) {
			if !have.state.IsNull() {
				var problems string
				if have, problems = r.refresh(have); problems != "" {
					return have, problems
				}
			}
			return s.changed(r, have, config)
		}
	}
	all := []*stage{
		{name: "create", ask: become(s.minimal), config: s.minimal, makes: true},
		{name: "read", ask: func(r *run, have subject) (subject, string) { return r.refresh(have) }, config: s.minimal},
		{name: "import", ask: s.reimport, config: s.minimal},
	}
	if s.Full != "" && !s.minimal.Equal(s.full) {
		all = append(all,
			&stage{name: "update", ask: become(s.full), config: s.full, makes: s.Replaces},
			&stage{name: "update back", ask: become(s.minimal), config: s.minimal, makes: s.Replaces})
	}
	return append(all, &stage{name: "delete", config: gone, ask: func(r *run, have subject) (subject, string) {
		have, problems := r.refresh(have)
		if problems != "" || have.state.IsNull() {
			return have, problems
		}
		return r.apply(have, gone, planned{state: gone, private: have.private})
	}})
}

// reimport imports the object. What is imported must be what is there; the life goes
// on with the resource that it has.
func (s *sweep) reimport(r *run, have subject) (subject, string) {
	s.attributes = texts(have.state)
	got, problems := r.importID(have.typeName, s.fill(s.importID()))
	if problems != "" {
		return have, problems
	}
	differ := slices.DeleteFunc(changes(have.state, got.state), func(n string) bool {
		return slices.ContainsFunc(s.NotImported, func(i string) bool { return covers(i, n) || covers(n, i) })
	})
	if len(differ) > 0 && !slices.Equal(differ, s.importDiffers) {
		if s.importDiffers == nil {
			s.importDiffers = differ // of the undisturbed life
			return have, ""
		}
		s.note(&s.tally.Lies, "the imported resource has other values of %v", differ)
	}
	return have, ""
}

// changed plans and applies, and checks that the plan told the truth.
func (s *sweep) changed(r *run, have subject, config tftypes.Value) (subject, string) {
	p := r.plan(have, config)
	if p.errors != "" {
		return have, p.errors
	}
	if p.state.Equal(have.state) {
		return have, ""
	}
	after, problems := r.carryOut(have, config, p)
	if problems == "" && !p.replaces && !keeps(p.state, after.state) {
		s.note(&s.tally.Lies, "the state after the apply is not what was planned: %v", changes(p.state, after.state))
	}
	return after, problems
}

// texts are the attributes of an object that are texts, nested ones as "outer.inner".
func texts(object tftypes.Value) map[string]string {
	out := map[string]string{}
	for _, name := range names(object, "") {
		var text string
		if v, ok := get(object, name); ok && v.Type().Is(tftypes.String) && v.IsKnown() && !v.IsNull() && v.As(&text) == nil {
			out[name] = text
		}
	}
	return out
}

// way is a way in which calls fail.
type way struct {
	name  string
	fault fakelogto.Fault
	// lasting is set where it does not pass before the run has ended, so that an
	// error is right; everything where it is so of all calls.
	lasting, everything bool
}

// ways of failing: for a moment, and until the run ends.
func failingWays() (all []way) {
	for _, f := range faults {
		all = append(all, way{name: f.name, fault: f.fault}, way{name: f.name + " for good", fault: f.fault, lasting: true})
	}
	revoked := fakelogto.Fault{Revoke: true}
	return append(all,
		way{name: "token dies", fault: revoked},
		way{name: "every token dies", fault: revoked, lasting: true},
		way{name: "outage", fault: fakelogto.Fault{Status: http.StatusServiceUnavailable}, lasting: true, everything: true})
}

// arm makes the call of a stage with that index, counted from 0, fail in this way.
func (w way) arm(server *fakelogto.Server, calls []string, index int) {
	operation, skip := calls[index], 0
	for _, c := range calls[:index] {
		if c == operation {
			skip++
		}
	}
	f := w.fault
	if w.everything {
		f.Skip = index
		server.Inject(f)
		return
	}
	if w.lasting {
		inject(server, f, operation, skip, 0)
		return
	}
	inject(server, f, operation, skip, 1)
}

// sample is the resource as a stage left it, with what the API answers to its import.
func (s *sweep) sample(st *stage) tally.Sample {
	server := s.target.Server
	s.attributes = texts(st.after.state)
	out := tally.Sample{ImportID: s.fill(s.importID()), Answers: map[string]json.RawMessage{}}
	r := s.target.newRun(s.t)
	out.Config, out.State = s.plain(st.config), s.plain(st.after.state)
	server.ResetCalls()
	if _, problems := r.importID(s.tally.Type, out.ImportID); problems != "" {
		s.t.Fatalf("import for the sample: %s", problems)
	}
	for _, c := range server.Calls() {
		_, answer := server.Do(c.Method, c.Path, nil)
		out.Answers[c.Path] = s.encoded(answer)
	}
	return out
}

func (s *sweep) encoded(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// plain is a value of Terraform as JSON.
func (s *sweep) plain(v tftypes.Value) json.RawMessage {
	var text string
	var list []tftypes.Value
	switch {
	case v.IsNull():
		return json.RawMessage("null")
	case v.Type().Is(tftypes.String) && v.As(&text) == nil:
		return s.encoded(text)
	case members(v) != nil:
		out := map[string]json.RawMessage{}
		for name, inner := range members(v) {
			if !inner.IsNull() {
				out[name] = s.plain(inner)
			}
		}
		return s.encoded(out)
	case v.As(&list) == nil:
		out := []json.RawMessage{}
		for _, inner := range list {
			out = append(out, s.plain(inner))
		}
		return s.encoded(out)
	}
	var number big.Float
	if v.As(&number) == nil {
		return json.RawMessage(number.Text('f', -1))
	}
	var flag bool
	if err := v.As(&flag); err != nil {
		s.t.Fatal(err)
	}
	return s.encoded(flag)
}

// keeps reports whether a state has every value that was planned and known.
func keeps(plan, state tftypes.Value) bool {
	if !plan.IsKnown() {
		return true
	}
	if plan.IsFullyKnown() || plan.IsNull() || state.IsNull() {
		return plan.Equal(state)
	}
	switch was, now := members(plan), members(state); {
	case was == nil || now == nil: // a list or a set with something unknown in it
		return true
	default:
		for name, v := range was {
			if got, ok := now[name]; !ok || !keeps(v, got) {
				return false
			}
		}
		return true
	}
}
