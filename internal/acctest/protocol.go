// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A run of the CLI takes seconds, so what is to be tried many times is tried over
// Terraform's protocol: a run is one configured provider, and a subject one
// resource as Terraform has it.

// run is a run of Terraform: a provider that was configured once.
type run struct {
	tb     testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// newRun configures a provider for the target, with more attributes and their values.
func (t *Target) newRun(tb testing.TB, more ...any) *run {
	tb.Helper()
	r, problems := t.tryRun(tb, more...)
	if problems != "" {
		tb.Fatal(problems)
	}
	return r
}

// tryRun is newRun that returns the errors of the provider's configuration.
func (t *Target) tryRun(tb testing.TB, more ...any) (r *run, problems string) {
	tb.Helper()
	server, err := t.Providers()["logto"]()
	if err != nil {
		tb.Fatal(err)
	}
	schema, err := wholeSchema()
	if err != nil {
		tb.Fatal(err)
	}
	values := map[string]any{"endpoint": t.endpoint, "app_id": t.appID, "app_secret": t.appSecret}
	for i := 0; i+1 < len(more); i += 2 {
		values[fmt.Sprint(more[i])] = more[i+1]
	}
	config, err := json.Marshal(values)
	if err != nil {
		tb.Fatal(err)
	}
	configured, err := server.ConfigureProvider(tb.Context(), &tfprotov6.ConfigureProviderRequest{Config: &tfprotov6.DynamicValue{JSON: config}})
	if err != nil {
		tb.Fatal(err)
	}
	return &run{tb, server, schema}, told(configured.Diagnostics)
}

// subject is a resource as Terraform has it between two runs.
type subject struct {
	typeName string
	kind     tftypes.Type
	state    tftypes.Value // null when there is none
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// planned is what a provider planned for a subject.
type planned struct {
	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	replaces bool
	errors   string
	// foretold are the errors of an apply of which the plan warns.
	foretold string
}

func (r *run) attributes(typeName string) []*tfprotov6.SchemaAttribute {
	return r.schema.ResourceSchemas[typeName].Block.Attributes
}

func (r *run) kind(typeName string) tftypes.Type {
	return r.schema.ResourceSchemas[typeName].ValueType()
}

func (r *run) encode(v tftypes.Value) *tfprotov6.DynamicValue {
	r.tb.Helper()
	d, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		r.tb.Fatal(err)
	}
	return &d
}

func (r *run) decode(d *tfprotov6.DynamicValue, kind tftypes.Type) tftypes.Value {
	r.tb.Helper()
	if d == nil {
		return tftypes.NewValue(kind, nil)
	}
	v, err := d.Unmarshal(kind)
	if err != nil {
		r.tb.Fatal(err)
	}
	return v
}

func null(s subject) subject {
	s.state, s.private, s.identity = tftypes.NewValue(s.kind, nil), nil, nil
	return s
}

// validate returns the errors that a configuration has.
func (r *run) validate(typeName string, config tftypes.Value) string {
	r.tb.Helper()
	resp, err := r.server.ValidateResourceConfig(r.tb.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: r.encode(config)})
	if err != nil {
		r.tb.Fatal(err)
	}
	return told(resp.Diagnostics)
}

// refresh reads the subject; its state is null when it is gone.
func (r *run) refresh(s subject) (subject, string) {
	r.tb.Helper()
	resp, err := r.server.ReadResource(r.tb.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: s.typeName, CurrentState: r.encode(s.state), Private: s.private, CurrentIdentity: s.identity})
	if err != nil {
		r.tb.Fatal(err)
	}
	s.state, s.private, s.identity = r.decode(resp.NewState, s.kind), resp.Private, resp.NewIdentity
	return s, told(resp.Diagnostics)
}

// plan plans what the configuration says, or a destroy for a null one.
func (r *run) plan(s subject, config tftypes.Value) planned {
	r.tb.Helper()
	proposed := config
	if !config.IsNull() {
		proposed = proposedNew(r.attributes(s.typeName), s.kind, s.state, config)
	}
	resp, err := r.server.PlanResourceChange(r.tb.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: s.typeName, PriorState: r.encode(s.state), ProposedNewState: r.encode(proposed), Config: r.encode(config),
		PriorPrivate: s.private, PriorIdentity: s.identity})
	if err != nil {
		r.tb.Fatal(err)
	}
	return planned{r.decode(resp.PlannedState, s.kind), resp.PlannedPrivate, resp.PlannedIdentity, len(resp.RequiresReplace) > 0, told(resp.Diagnostics), foretold(resp.Diagnostics)}
}

// apply carries out a plan.
func (r *run) apply(s subject, config tftypes.Value, p planned) (subject, string) {
	r.tb.Helper()
	resp, err := r.server.ApplyResourceChange(context.WithoutCancel(r.tb.Context()), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: s.typeName, PriorState: r.encode(s.state), PlannedState: r.encode(p.state), Config: r.encode(config),
		PlannedPrivate: p.private, PlannedIdentity: p.identity})
	if err != nil {
		r.tb.Fatal(err)
	}
	s.state, s.private, s.identity = r.decode(resp.NewState, s.kind), resp.Private, resp.NewIdentity
	return s, told(resp.Diagnostics)
}

// change plans and applies a configuration.
func (r *run) change(s subject, config tftypes.Value) (subject, string) {
	r.tb.Helper()
	p := r.plan(s, config)
	if p.errors != "" {
		return s, p.errors
	}
	if p.state.Equal(s.state) {
		return s, ""
	}
	return r.carryOut(s, config, p)
}

// carryOut applies a plan; for a replacement it destroys first.
func (r *run) carryOut(s subject, config tftypes.Value, p planned) (subject, string) {
	r.tb.Helper()
	if !p.replaces || s.state.IsNull() {
		return r.apply(s, config, p)
	}
	gone := tftypes.NewValue(s.kind, nil)
	if _, problems := r.apply(s, gone, planned{state: gone, private: s.private}); problems != "" {
		return s, problems
	}
	fresh := null(s)
	if p = r.plan(fresh, config); p.errors != "" {
		return fresh, p.errors
	}
	return r.apply(fresh, config, p)
}

// importID imports an object, and reads it as Terraform does then.
func (r *run) importID(typeName, id string) (subject, string) {
	r.tb.Helper()
	resp, err := r.server.ImportResourceState(r.tb.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
	if err != nil {
		r.tb.Fatal(err)
	}
	s := subject{typeName: typeName, kind: r.kind(typeName)}
	if problems := told(resp.Diagnostics); problems != "" {
		return s, problems
	}
	found := resp.ImportedResources[0]
	s.state, s.private, s.identity = r.decode(found.State, s.kind), found.Private, found.Identity
	return r.refresh(s)
}

// read reads a data source and returns the errors.
func (r *run) read(typeName string, config tftypes.Value) string {
	r.tb.Helper()
	resp, err := r.server.ReadDataSource(r.tb.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: r.encode(config)})
	if err != nil {
		r.tb.Fatal(err)
	}
	return told(resp.Diagnostics)
}

// list lists the resources of a type, with all their attributes, and returns the errors.
func (r *run) list(typeName string, config tftypes.Value) string {
	r.tb.Helper()
	lists, ok := r.server.(tfprotov6.ListResourceServer)
	if !ok {
		r.tb.Fatalf("%T lists nothing", r.server)
	}
	stream, err := lists.ListResource(r.tb.Context(), &tfprotov6.ListResourceRequest{TypeName: typeName, Config: r.encode(config), IncludeResource: true, Limit: 100})
	if err != nil {
		r.tb.Fatal(err)
	}
	var problems []string
	for result := range stream.Results {
		if text := told(result.Diagnostics); text != "" {
			problems = append(problems, text)
		}
	}
	return strings.Join(problems, "\n")
}

// members are the attributes of an object, or the elements of a map; nil when it is
// null or unknown.
func members(v tftypes.Value) map[string]tftypes.Value {
	out := map[string]tftypes.Value{}
	if v.IsNull() || !v.IsKnown() || v.As(&out) != nil {
		return nil
	}
	return out
}

// with is an object with another value of an attribute; a nested one is named
// "outer.inner".
func with(object tftypes.Value, name string, v tftypes.Value) tftypes.Value {
	outer, inner, nested := strings.Cut(name, ".")
	attributes := maps.Clone(members(object))
	if nested {
		v = with(attributes[outer], inner, v)
	}
	attributes[outer] = v
	return tftypes.NewValue(object.Type(), attributes)
}

// get is the value of an attribute; a nested one is named "outer.inner".
func get(object tftypes.Value, name string) (tftypes.Value, bool) {
	outer, inner, nested := strings.Cut(name, ".")
	v, ok := members(object)[outer]
	if ok && nested {
		return get(v, inner)
	}
	return v, ok
}

// changes are the attributes in which two objects differ, nested ones by "outer.inner".
func changes(from, to tftypes.Value) (names []string) {
	was, will := members(from), members(to)
	for _, name := range slices.Sorted(maps.Keys(will)) {
		if will[name].Equal(was[name]) {
			continue
		}
		if will[name].Type().Is(tftypes.Object{}) && members(was[name]) != nil && members(will[name]) != nil {
			for _, inner := range changes(was[name], will[name]) {
				names = append(names, name+"."+inner)
			}
			continue
		}
		names = append(names, name)
	}
	return names
}

// proposedNew is what Terraform proposes to a provider: the configuration, with
// what the state has of the computed attributes that it leaves out.
func proposedNew(attributes []*tfprotov6.SchemaAttribute, kind tftypes.Type, prior, config tftypes.Value) tftypes.Value {
	was, wanted := members(prior), members(config)
	out := map[string]tftypes.Value{}
	for _, a := range attributes {
		had, ok := was[a.Name]
		if !ok {
			had = tftypes.NewValue(a.ValueType(), nil)
		}
		out[a.Name] = proposedAttribute(a, had, wanted[a.Name])
	}
	return tftypes.NewValue(kind, out)
}

func proposedAttribute(a *tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	switch {
	case config.IsNull() && a.Computed:
		return prior
	case config.IsNull() || !config.IsKnown() || a.NestedType == nil:
		return config
	}
	inner := a.NestedType.Attributes
	switch a.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return proposedNew(inner, config.Type(), prior, config)
	case tfprotov6.SchemaObjectNestingModeMap:
		out, was := map[string]tftypes.Value{}, members(prior)
		for key, element := range members(config) {
			out[key] = proposedNew(inner, element.Type(), was[key], element)
		}
		return tftypes.NewValue(config.Type(), out)
	default:
		var elements, was []tftypes.Value
		if config.As(&elements) != nil {
			return config
		}
		if a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList && prior.IsKnown() && !prior.IsNull() {
			_ = prior.As(&was) // it is of the same type
		}
		out := make([]tftypes.Value, len(elements))
		for i, element := range elements {
			had := tftypes.NewValue(element.Type(), nil)
			if i < len(was) {
				had = was[i]
			}
			out[i] = proposedNew(inner, element.Type(), had, element)
		}
		return tftypes.NewValue(config.Type(), out)
	}
}
