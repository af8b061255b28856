// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// The ways in which people use Terraform, which every type must survive. All of
// them start from the full configuration as the CLI has just applied it.

// Outside is a change that somebody makes without Terraform.
type Outside struct {
	// How is a method and a path; how [Lifecycle] says it for ChangeBy unless given.
	How  string
	Body any
}

// ways tries them, with the full configuration applied, and leaves it applied.
func (l *life) ways(s *terraform.State) error {
	w, err := l.seen(s)
	if err != nil {
		return err
	}
	w.everyAttributeHasAWay()
	w.wrongAnswers()
	w.drift(func() (subject, bool) { return w.full, true }, "")
	w.drift(func() (subject, bool) { return w.imported() }, "after an import: ")
	w.savedPlans()
	w.madeAndDestroyed()
	w.textLimits()
	w.wrongAndSensitive()
	return nil
}

// answers tries wrong answers alone, with the only configuration applied.
func (l *life) answers(s *terraform.State) error {
	w, err := l.seen(s)
	if err == nil {
		w.wrongAnswers()
	}
	return err
}

// seen is the resource as the CLI has just applied it.
func (l *life) seen(s *terraform.State) (*ways, error) {
	if err := l.note(s); err != nil {
		return nil, err
	}
	full, config, ok := l.target.lastPlanned(l.t, l.Resource, l.attributes)
	if !ok {
		return nil, fmt.Errorf("no plan of %s was seen", l.Resource)
	}
	return &ways{life: l, t: l.t, full: full, config: config, schema: schemaOf(l.t, full.typeName), drifted: map[string]tftypes.Value{}}, nil
}

type ways struct {
	*life
	t       *testing.T
	full    subject
	config  tftypes.Value
	schema  schema.Schema
	drifted map[string]tftypes.Value // attribute → what the state has after its drift
}

// schemaOf is the schema of a type of resource.
func schemaOf(tb testing.TB, typeName string) schema.Schema {
	tb.Helper()
	for _, made := range provider.New("test")().Resources(tb.Context()) {
		var meta resource.MetadataResponse
		r := made()
		if r.Metadata(tb.Context(), resource.MetadataRequest{ProviderTypeName: "logto"}, &meta); meta.TypeName == typeName {
			var resp resource.SchemaResponse
			r.Schema(tb.Context(), resource.SchemaRequest{}, &resp)
			return resp.Schema
		}
	}
	tb.Fatalf("the provider has no %s", typeName)
	return schema.Schema{}
}

// enforced are the attributes, nested ones too, that a plan must put right, with
// their schemas.
func enforced(attributes map[string]schema.Attribute, under string) map[string]schema.Attribute {
	out := map[string]schema.Attribute{}
	for name, a := range attributes {
		if strings.HasSuffix(name, "_wo_version") || a.IsWriteOnly() {
			continue
		}
		if nested, ok := a.(schema.SingleNestedAttribute); ok {
			maps.Copy(out, enforced(nested.Attributes, under+name+"."))
		} else if planmodifiers.KindOf(a) == planmodifiers.Enforced {
			out[under+name] = a
		}
	}
	return out
}

// everyAttributeHasAWay fails where nobody says how an enforced attribute drifts.
func (w *ways) everyAttributeHasAWay() {
	if w.Variant {
		return
	}
	keys := strings.FieldsFunc(w.importID(), func(r rune) bool { return r == '{' || r == '}' || r == '/' })
	known := enforced(w.schema.Attributes, "")
	for _, name := range slices.Sorted(maps.Keys(known)) {
		_, drifts := w.Drift[name]
		_, stays := w.NoDrift[name]
		if !drifts && !stays && !slices.Contains(keys, name) {
			w.t.Errorf("the Lifecycle of %s says neither in Drift nor in NoDrift what happens when %s is changed outside Terraform", w.full.typeName, name)
		}
	}
	for name := range w.Drift {
		if _, ok := get(w.full.state, name); !ok {
			w.t.Errorf("the Lifecycle of %s has a Drift of %s, which it does not have", w.full.typeName, name)
		}
	}
}

// imported is the object as an import has it.
func (w *ways) imported() (subject, bool) {
	s, problems := w.target.newRun(w.t).importID(w.full.typeName, w.fill(w.importID()))
	if problems != "" {
		w.t.Errorf("import: %s", problems)
	}
	return s, problems == ""
}

// drift changes each attribute outside. A plan must show exactly that attribute,
// and an apply must put it right.
func (w *ways) drift(have func() (subject, bool), when string) {
	for _, name := range w.drifting() {
		was, err := w.object()
		if err != nil {
			w.t.Fatal(err)
		}
		before, ok := have()
		if !ok {
			return
		}
		w.happen(w.Drift[name])
		r := w.target.newRun(w.t)
		after, problems := r.refresh(before)
		if problems != "" {
			w.t.Fatalf("%srefresh after %s changed outside: %s", when, name, problems)
		}
		w.drifted[name], _ = get(after.state, name)
		p := r.plan(after, w.config)
		shown := slices.DeleteFunc(changes(after.state, p.state), func(n string) bool {
			return n != name && when != "" && slices.ContainsFunc(w.NotImported, func(i string) bool { return covers(i, n) })
		})
		if p.errors != "" || !slices.Equal(shown, []string{name}) {
			w.t.Errorf("%s%s was changed outside: the plan shows changes of %v, %s", when, name, shown, p.errors)
		}
		fixed, problems := r.carryOut(after, w.config, p)
		if problems != "" {
			w.t.Errorf("%s%s was changed outside: apply: %s", when, name, problems)
		}
		if now, err := w.object(); err != nil || !cmp.Equal(was, now) {
			w.t.Errorf("%s%s was changed outside, and an apply did not put it right: %v (-before +after)\n%s", when, name, err, cmp.Diff(was, now))
		}
		if again := w.target.newRun(w.t).plan(fixed, w.config); !again.state.Equal(fixed.state) {
			w.t.Errorf("%s%s was changed outside: a plan after the apply shows changes of %v", when, name, changes(fixed.state, again.state))
		}
	}
}

// covers reports whether an attribute is the other or holds it.
func covers(attribute, other string) bool {
	return attribute == other || strings.HasPrefix(other, attribute+".")
}

func (w *ways) happen(o Outside) {
	how := o.How
	if how == "" {
		how = w.ChangeBy
	}
	w.outside(how, http.MethodPatch, w.expandBody(o.Body))
}

// drifting are the attributes of Drift that the Logto under test has.
func (w *ways) drifting() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.Drift)), func(name string) bool {
		return !w.target.AtLeast(w.t, since.OfAttribute(name[strings.LastIndexByte(name, '.')+1:]))
	})
}

// expandBody replaces {name}, and attributes of the full object, in the texts of a body.
func (w *ways) expandBody(body any) any {
	b, err := json.Marshal(body)
	if err == nil {
		err = json.Unmarshal([]byte(w.fill(w.target.Expand(string(b)))), &body)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return body
}

// savedPlans leave each attribute out of the full configuration in turn, plan, have
// somebody change that attribute outside, and apply. The apply must succeed, and
// the next plan must show what was changed.
func (w *ways) savedPlans() {
	minimal, ok := w.minimalConfig()
	if !ok {
		return
	}
	for _, name := range w.drifting() {
		given, ok := get(w.config, name)
		if !ok || given.IsNull() {
			continue
		}
		r := w.target.newRun(w.t)
		without := with(w.config, name, tftypes.NewValue(given.Type(), nil))
		if r.validate(w.full.typeName, without) != "" {
			continue // it is required
		}
		start, problems := r.change(w.full, minimal)
		if problems != "" {
			w.t.Errorf("back to minimal: %s", problems)
			return
		}
		p := w.target.newRun(w.t).plan(start, without)
		if p.errors != "" {
			w.t.Errorf("without %s: plan: %s", name, p.errors)
		} else if kept, _ := get(p.state, name); !p.replaces && !p.state.Equal(start.state) && !kept.Equal(w.drifted[name]) &&
			!slices.ContainsFunc(changes(start.state, p.state), func(n string) bool { return covers(n, name) }) {
			w.happen(w.Drift[name])
			done, problems := w.target.newRun(w.t).apply(start, without, p)
			if problems != "" {
				w.t.Errorf("%s was changed outside between plan and apply: %s", name, problems)
			}
			next := w.target.newRun(w.t)
			if seen, problems := next.refresh(done); problems != "" {
				w.t.Errorf("%s was changed outside between plan and apply: refresh: %s", name, problems)
			} else if shown := changes(seen.state, next.plan(seen, without).state); !slices.Equal(shown, w.shownWhenLeftOut(name)) {
				w.t.Errorf("%s was changed outside between plan and apply: the next plan shows changes of %v", name, shown)
			}
			start = done
		}
		last := w.target.newRun(w.t)
		fresh, _ := last.refresh(start)
		if w.full, problems = last.change(fresh, w.config); problems != "" {
			w.t.Errorf("back to full: %s", problems)
			return
		}
	}
}

// shownWhenLeftOut is what a plan shows after an attribute that is not configured was
// changed outside: itself, if it is enforced.
func (w *ways) shownWhenLeftOut(name string) []string {
	if _, ok := enforced(w.schema.Attributes, "")[name]; ok {
		return []string{name}
	}
	return nil
}

// minimalConfig is the minimal configuration as the CLI planned it.
func (w *ways) minimalConfig() (tftypes.Value, bool) {
	return w.minimalPlanned, !w.Replaces && w.minimalPlanned.Type() != nil && w.Full != ""
}

// madeAndDestroyed makes and destroys one key in one run, in both orders, as a
// rename without a moved block does. The object must be there afterwards.
func (w *ways) madeAndDestroyed() {
	if strings.Contains(w.importID(), "{id}") && w.Permanent == "" {
		return // Logto gives the new object an id of its own
	}
	was, err := w.object()
	if err != nil {
		w.t.Fatal(err)
	}
	makeIt := func(r *run) (subject, string) {
		fresh := null(w.full)
		p := r.plan(fresh, w.config)
		if p.errors != "" {
			return fresh, p.errors
		}
		return r.apply(fresh, w.config, p)
	}
	destroy := func(r *run) {
		gone := tftypes.NewValue(w.full.kind, nil)
		if _, problems := r.apply(w.full, gone, planned{state: gone, private: w.full.private}); problems != "" {
			w.t.Errorf("destroying what was made under the same key: %s", problems)
		}
	}
	r := w.target.newRun(w.t)
	made, problems := makeIt(r)
	switch {
	case problems == "":
		destroy(r)
		w.stillThere(was, "made and then destroyed in one run")
		w.full = made
	case w.NotAdopted == "":
		w.t.Errorf("making an object that is there already: %s", problems)
		return
	}
	r = w.target.newRun(w.t)
	destroy(r)
	if made, problems = makeIt(r); problems != "" {
		w.t.Errorf("making what was destroyed before in the same run: %s", problems)
	}
	var id string // Logto may have given it another one
	if v, ok := get(made.state, "id"); ok && v.Type().Is(tftypes.String) && v.IsKnown() && !v.IsNull() && v.As(&id) == nil {
		w.attributes["id"] = id
	}
	w.stillThere(was, "destroyed and then made in one run")
	w.full, w.remade = made, true
}

func (w *ways) stillThere(was map[string]any, when string) {
	now, err := w.object()
	if err == nil {
		was, now = maps.Clone(was), maps.Clone(now)
		for _, k := range []string{"id", "createdAt", "value"} {
			delete(was, k)
			delete(now, k)
		}
	}
	if err != nil || !cmp.Equal(was, now) {
		w.t.Errorf("%s: the object is not as it should be: %v\n%s", when, err, cmp.Diff(was, now))
	}
}

// apiPaths are where the API has the objects that others refer to.
var apiPaths = map[string]string{
	"logto_api_resource": "/api/resources/{id}", "logto_api_resource_scope": "/api/resources/{resource_id}/scopes/{id}",
	"logto_application": "/api/applications/{id}", "logto_connector": "/api/connectors/{id}", "logto_custom_phrase": "/api/custom-phrases/{language_tag}",
	"logto_custom_profile_field": "/api/custom-profile-fields/{name}", "logto_organization": "/api/organizations/{id}",
	"logto_organization_role": "/api/organization-roles/{id}", "logto_organization_scope": "/api/organization-scopes/{id}", "logto_role": "/api/roles/{id}",
	"logto_saml_application": "/api/saml-applications/{id}", "logto_sso_connector": "/api/sso-connectors/{id}", "logto_user": "/api/users/{id}",
}

// deleteReferences deletes by hand whatever the resource refers to. What Logto does
// not let go stays.
func (l *life) deleteReferences() {
	for _, o := range l.others {
		l.target.Do(l.t, http.MethodDelete, o, nil)
	}
}

// noteOthers notes the objects around the resource.
func (l *life) noteOthers(s *terraform.State) error {
	l.others = nil
	for address, r := range s.RootModule().Resources {
		path := apiPaths[r.Type]
		if address == l.Resource || path == "" || strings.HasPrefix(address, "data.") {
			continue
		}
		other := life{attributes: r.Primary.Attributes}
		l.others = append(l.others, other.at(path))
	}
	return l.note(s)
}
