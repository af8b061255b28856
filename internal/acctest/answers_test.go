// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// Each data source, list resource, ephemeral resource and action tells of an error
// when what answers its first call is no Logto, and gives Terraform nothing. What
// each call of a resource does is in its [Lifecycle].
func TestWrongAnswersToReaders(t *testing.T) {
	t.Parallel()
	target := StartMemory(t)
	r := target.newRun(t, "max_retries", 0)
	kinds := []struct {
		name    string
		schemas map[string]*tfprotov6.Schema
		ask     func(name string, config tftypes.Value) (problems string, empty bool)
	}{
		{"data source", r.schema.DataSourceSchemas, func(name string, config tftypes.Value) (string, bool) {
			resp, err := r.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: r.encode(config)})
			if err != nil {
				t.Fatal(err)
			}
			// Terraform uses nothing of it, because of the error.
			return told(resp.Diagnostics), true
		}},
		{"list resource", r.schema.ListResourceSchemas, func(name string, config tftypes.Value) (string, bool) { return r.list(name, config), true }},
		{"ephemeral resource", r.schema.EphemeralResourceSchemas, func(name string, config tftypes.Value) (string, bool) {
			resp, err := r.server.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: name, Config: r.encode(config)})
			if err != nil {
				t.Fatal(err)
			}
			result := r.decode(resp.Result, config.Type())
			return told(resp.Diagnostics), result.IsNull() || result.Equal(config)
		}},
		{"action", actionSchemas(r.schema), func(name string, config tftypes.Value) (string, bool) { return invoke(t, r, name, config), true }},
	}
	for _, kind := range kinds {
		for _, name := range slices.Sorted(maps.Keys(kind.schemas)) {
			config := anyConfig(kind.schemas[name])
			for _, wrong := range wrongAnswers {
				a := wrong.instead("", fakelogto.Answer{})
				if a == nil {
					continue
				}
				target.Reset()
				target.Server.ResetCalls()
				target.Server.Inject(fakelogto.Fault{Answer: func(fakelogto.Answer) fakelogto.Answer { return *a }})
				target.Server.Inject(fakelogto.Fault{Path: "/oidc/.well-known/openid-configuration", Answer: func(fakelogto.Answer) fakelogto.Answer { return *a }})
				problems, empty := kind.ask(name, config)
				target.Server.ClearFaults()
				if calls := len(target.Calls()) + target.Server.Tokens(); calls == 0 {
					t.Errorf("%s %s made no call: %s", kind.name, name, problems)
					break
				}
				if problems == "" || !empty {
					t.Errorf("%s %s, answered with %s: %q, and a result: %v", kind.name, name, wrong.name, problems, !empty)
				}
			}
		}
	}
}

func actionSchemas(s *tfprotov6.GetProviderSchemaResponse) map[string]*tfprotov6.Schema {
	out := map[string]*tfprotov6.Schema{}
	for name, a := range s.ActionSchemas {
		out[name] = a.Schema
	}
	return out
}

func invoke(t *testing.T, r *run, name string, config tftypes.Value) (problems string) {
	t.Helper()
	actions, ok := r.server.(tfprotov6.ActionServer)
	if !ok {
		t.Fatalf("%T knows no actions", r.server)
	}
	invoked, err := actions.InvokeAction(context.WithoutCancel(t.Context()), &tfprotov6.InvokeActionRequest{ActionType: name, Config: r.encode(config)})
	if err != nil {
		t.Fatal(err)
	}
	for event := range invoked.Events {
		if done, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
			problems = told(done.Diagnostics)
		}
	}
	return problems
}

// anyConfig is a configuration with a value for each attribute that is required or
// says which object is meant.
func anyConfig(s *tfprotov6.Schema) tftypes.Value {
	values := map[string]tftypes.Value{}
	for _, a := range s.Block.Attributes {
		values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		if a.Required || a.Optional && a.Computed {
			values[a.Name] = anyValue(a.ValueType())
			if strings.Contains(a.Description, "JSON object") {
				values[a.Name] = tftypes.NewValue(tftypes.String, "{}")
			}
		}
	}
	return tftypes.NewValue(s.ValueType(), values)
}

func anyValue(kind tftypes.Type) tftypes.Value {
	switch k := kind.(type) {
	case tftypes.List:
		return tftypes.NewValue(kind, []tftypes.Value{anyValue(k.ElementType)})
	case tftypes.Set:
		return tftypes.NewValue(kind, []tftypes.Value{anyValue(k.ElementType)})
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{"x": anyValue(k.ElementType)})
	case tftypes.Object:
		values := map[string]tftypes.Value{}
		for name, inner := range k.AttributeTypes {
			values[name] = anyValue(inner)
		}
		return tftypes.NewValue(kind, values)
	}
	switch {
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, true)
	case kind.Is(tftypes.Number):
		return tftypes.NewValue(kind, 1)
	}
	return tftypes.NewValue(kind, "x")
}
