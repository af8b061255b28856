// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

// Kind says what it means that a configuration leaves an attribute out.
type Kind string

// The kinds of attributes. There is no other: a test fails on an attribute of
// which [KindOf] cannot say the kind.
const (
	// Enforced attributes have their documented default, or null. A plan shows
	// what was changed outside Terraform, and an apply repairs it.
	Enforced Kind = "enforced"
	// RunTimeData is written by users and products, and decides nothing about
	// who gets in. It is managed while the configuration sets it.
	RunTimeData Kind = "run-time data"
	// LinkSets are managed as a whole while the configuration sets them.
	LinkSets Kind = "link set"
	// TenantSettings belong to what every tenant has once. They are managed while
	// the configuration sets them.
	TenantSettings Kind = "tenant setting"
	// KeptSecrets, and the settings that hold such a secret, are read by an import
	// and kept while neither they nor their write-only twin are configured.
	KeptSecrets Kind = "secret"
	// Assigned attributes are given when the object is made, or else assigned by
	// Logto, and never change.
	Assigned Kind = "assigned"
	// ReadOnly attributes are what Logto says.
	ReadOnly Kind = "read-only"
)

// KindOf returns the kind of an attribute, and "" when its schema declares none:
// an optional and computed attribute has a default or a modifier of this package.
func KindOf(a schema.Attribute) Kind {
	switch {
	case a.IsComputed() && !a.IsOptional():
		return ReadOnly
	case !a.IsComputed() || DefaultOf(a) != nil:
		return Enforced
	}
	if m, ok := UnconfiguredOf(a); ok {
		return m.kind
	}
	return ""
}

// UnconfiguredOf is the modifier that says what the attribute is when it is not
// configured.
func UnconfiguredOf(a schema.Attribute) (Unconfigured, bool) {
	for _, m := range modifiersOf(a) {
		if u, ok := m.(Unconfigured); ok {
			return u, true
		}
	}
	return Unconfigured{}, false
}

// DefaultOf is the value that an attribute has when it is not configured; nil
// when the schema has no default for it.
func DefaultOf(a schema.Attribute) attr.Value {
	ctx := context.Background()
	switch a := a.(type) {
	case interface{ StringDefaultValue() defaults.String }:
		if d := a.StringDefaultValue(); d != nil {
			var resp defaults.StringResponse
			d.DefaultString(ctx, defaults.StringRequest{}, &resp)
			return resp.PlanValue
		}
	case interface{ BoolDefaultValue() defaults.Bool }:
		if d := a.BoolDefaultValue(); d != nil {
			var resp defaults.BoolResponse
			d.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			return resp.PlanValue
		}
	case interface{ Int64DefaultValue() defaults.Int64 }:
		if d := a.Int64DefaultValue(); d != nil {
			var resp defaults.Int64Response
			d.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
			return resp.PlanValue
		}
	case interface{ ListDefaultValue() defaults.List }:
		if d := a.ListDefaultValue(); d != nil {
			var resp defaults.ListResponse
			d.DefaultList(ctx, defaults.ListRequest{}, &resp)
			return resp.PlanValue
		}
	case interface{ SetDefaultValue() defaults.Set }:
		if d := a.SetDefaultValue(); d != nil {
			var resp defaults.SetResponse
			d.DefaultSet(ctx, defaults.SetRequest{}, &resp)
			return resp.PlanValue
		}
	case interface{ MapDefaultValue() defaults.Map }:
		if d := a.MapDefaultValue(); d != nil {
			var resp defaults.MapResponse
			d.DefaultMap(ctx, defaults.MapRequest{}, &resp)
			return resp.PlanValue
		}
	case interface{ ObjectDefaultValue() defaults.Object }:
		if d := a.ObjectDefaultValue(); d != nil {
			var resp defaults.ObjectResponse
			d.DefaultObject(ctx, defaults.ObjectRequest{}, &resp)
			return resp.PlanValue
		}
	}
	return nil
}

func modifiersOf(a schema.Attribute) []planmodifier.Describer {
	switch a := a.(type) {
	case interface{ StringPlanModifiers() []planmodifier.String }:
		return describers(a.StringPlanModifiers())
	case interface{ BoolPlanModifiers() []planmodifier.Bool }:
		return describers(a.BoolPlanModifiers())
	case interface{ Int64PlanModifiers() []planmodifier.Int64 }:
		return describers(a.Int64PlanModifiers())
	case interface{ ListPlanModifiers() []planmodifier.List }:
		return describers(a.ListPlanModifiers())
	case interface{ SetPlanModifiers() []planmodifier.Set }:
		return describers(a.SetPlanModifiers())
	case interface{ MapPlanModifiers() []planmodifier.Map }:
		return describers(a.MapPlanModifiers())
	case interface{ ObjectPlanModifiers() []planmodifier.Object }:
		return describers(a.ObjectPlanModifiers())
	}
	return nil
}

func describers[D planmodifier.Describer](of []D) []planmodifier.Describer {
	out := make([]planmodifier.Describer, len(of))
	for i, d := range of {
		out[i] = d
	}
	return out
}

// Replaces reports whether a change of the attribute can replace the resource.
func Replaces(a schema.Attribute) bool {
	ctx := context.Background()
	standard := []string{ // the same for all types
		stringplanmodifier.RequiresReplace().MarkdownDescription(ctx),
		stringplanmodifier.RequiresReplaceIfConfigured().MarkdownDescription(ctx),
	}
	return slices.ContainsFunc(modifiersOf(a), func(m planmodifier.Describer) bool {
		says := m.MarkdownDescription(ctx)
		return slices.Contains(standard, says) || strings.Contains(says, "replaces the resource")
	})
}

// ClearedOf is what the attribute is when it is not configured any more; nil when
// its schema does not say.
func ClearedOf(a schema.Attribute) attr.Value {
	if u, ok := UnconfiguredOf(a); ok {
		return u.Cleared
	}
	return nil
}
