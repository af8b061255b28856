// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
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
	case !a.IsComputed() || defaultOf(a) != nil:
		return Enforced
	}
	if m, ok := unconfiguredOf(a); ok {
		return m.kind
	}
	return ""
}

// unconfiguredOf is the modifier that says what the attribute is when it is not
// configured.
func unconfiguredOf(a schema.Attribute) (Unconfigured, bool) {
	for _, m := range modifiersOf(a) {
		if u, ok := m.(Unconfigured); ok {
			return u, true
		}
	}
	return Unconfigured{}, false
}

// defaultOf is the value that an attribute has when it is not configured; nil
// when the schema has no default for it.
func defaultOf(a schema.Attribute) attr.Value {
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

// replaces reports whether a change of the attribute can replace the resource.
func replaces(a schema.Attribute) bool {
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

// The standard sentences: each stands here only. They go behind the description
// of an attribute of a resource, and not behind that of a data source.
const (
	replacesSays    = "Changing it replaces the resource."
	runTimeSays     = "Run-time data: Terraform manages it only while it is set, and clears it when it is no longer set."
	runTimeKeptSays = "Run-time data: Terraform manages it only while it is set, and does not change it when it is no longer set."
	linkSetSays     = "Link set: while it is set, Terraform removes what is not listed, and `[]` removes everything; if it is not set, Terraform does not manage it."
	linkMapSays     = "Link set: while it is set, Terraform removes what is not listed, and `{}` removes everything; if it is not set, Terraform does not manage it."
	groupSays       = "Terraform manages only those of its attributes that are set."
	settingSays     = "Tenant setting: Terraform manages it only while it is set."
	settingSaysElse = "Tenant setting: Terraform manages it only while it is set, and resets it to %s when it is no longer set."
	keptSays        = "An import reads it. If it is not set, Terraform does not change it."
	defaultSays     = "Defaults to %s."
	writeOnlySays   = "Write-only: Terraform does not store it in a plan or in the state, and does not notice changes outside Terraform. It needs Terraform 1.11 or OpenTofu 1.11."
	// movedSays goes behind the description of a resource whose key people choose:
	// without the block, Terraform makes and destroys one object in one run.
	movedSays = "Use a `moved` block to change the address of the resource."
)

// ForResource marks the sentences at the end of a description that say how to
// configure the attribute. The page of a data source leaves them out.
func ForResource(sentences string) string { return forResource + sentences }

const forResource = "\x1f"

// EmptyIsNone is the sentence about texts that Logto stores as none when they are
// empty.
const EmptyIsNone = forResource + "An empty string is the same as no value."

// standardSentences are the sentences about an attribute that follow from its schema.
func standardSentences(a schema.Attribute) string {
	var says []string
	if refers := ReferencesOf(a); len(refers) > 0 {
		says = append(says, refers.says())
	}
	if d := defaultOf(a); d != nil && !d.IsNull() && a.IsOptional() {
		if spelled := spell(d); spelled != "" {
			says = append(says, fmt.Sprintf(defaultSays, spelled))
		}
	}
	if a.IsWriteOnly() {
		says = append(says, writeOnlySays)
	}
	if u, ok := unconfiguredOf(a); ok {
		if s := u.says(a); s != "" {
			says = append(says, s)
		}
	}
	if replaces(a) {
		says = append(says, replacesSays)
	}
	return strings.Join(says, " ")
}

// sentences joins those that are not empty.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// limitSays is the sentence about the length of a text or the range of a number.
func limitSays(a schema.Attribute) string {
	switch a := a.(type) {
	case schema.StringAttribute:
		for _, v := range a.Validators {
			switch f, _ := v.(stringFunc); {
			case f.most > 0 && f.least > 0:
				return fmt.Sprintf("The value must have %d to %d characters.", f.least, f.most)
			case f.most > 0:
				return fmt.Sprintf("The value must have at most %d characters.", f.most)
			}
		}
	case schema.Int64Attribute:
		for _, v := range a.Validators {
			if r, ok := v.(int64Range); ok {
				return "The value " + strings.Replace(r.says, "a whole number ", "", 1) + "."
			}
		}
	}
	return ""
}

// says is the sentence for what it means that the attribute is not configured.
func (u Unconfigured) says(a schema.Attribute) string {
	_, isGroup := a.GetType().(basetypes.ObjectType)
	switch u.kind {
	case RunTimeData:
		switch {
		case u.kept && isGroup:
			return groupSays
		case u.kept:
			return runTimeKeptSays
		}
		return runTimeSays
	case LinkSets:
		if _, isMap := a.GetType().(basetypes.MapType); isMap {
			return linkMapSays
		}
		if isGroup {
			return groupSays
		}
		return linkSetSays
	case TenantSettings:
		if spelled := spell(u.cleared); spelled != "" && !u.cleared.IsNull() {
			return fmt.Sprintf(settingSaysElse, spelled)
		}
		return settingSays
	case KeptSecrets:
		return keptSays
	}
	return ""
}

// spell writes a value as HCL in Markdown; "" when it is too long for a sentence.
func spell(v attr.Value) string {
	hcl := spellHCL(v)
	if hcl == "" || len(hcl) > 80 {
		return ""
	}
	return "`" + hcl + "`"
}

func spellHCL(v attr.Value) string {
	if v == nil || v.IsNull() || v.IsUnknown() {
		return "null"
	}
	elements := func(values []attr.Value) string {
		spelled := make([]string, len(values))
		for i, e := range values {
			if spelled[i] = spellHCL(e); spelled[i] == "" {
				return ""
			}
		}
		return "[" + strings.Join(spelled, ", ") + "]"
	}
	switch v := v.(type) {
	case basetypes.BoolValue:
		return fmt.Sprint(v.ValueBool())
	case basetypes.Int64Value:
		return fmt.Sprint(v.ValueInt64())
	case basetypes.ListValue:
		return elements(v.Elements())
	case basetypes.SetValue:
		return elements(v.Elements())
	case basetypes.MapValue:
		if len(v.Elements()) == 0 {
			return "{}"
		}
	case basetypes.StringValue:
		return fmt.Sprintf("%q", v.ValueString())
	case basetypes.StringValuable:
		s, _ := v.ToStringValue(context.Background()) // of a type of this package, which cannot fail
		return s.ValueString()
	}
	return "" // objects: their attributes have defaults of their own
}

// described is a copy of the attributes with the standard sentences, and with
// plan modifiers that take equal values for the same.
func described(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	out := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		out[name] = describedOne(a)
	}
	return out
}

func describedOne(a schema.Attribute) schema.Attribute {
	what, howTo, _ := strings.Cut(a.GetMarkdownDescription(), forResource)
	text := sentences(what, limitSays(a), strings.ReplaceAll(howTo, forResource, " "), standardSentences(a))
	switch a := a.(type) {
	case schema.StringAttribute:
		a.MarkdownDescription = text
		a.PlanModifiers = withEquivalence(a)
		return a
	case schema.BoolAttribute:
		a.MarkdownDescription = text
		return a
	case schema.Int64Attribute:
		a.MarkdownDescription = text
		return a
	case schema.Float64Attribute:
		a.MarkdownDescription = text
		return a
	case schema.ListAttribute:
		a.MarkdownDescription = text
		return a
	case schema.SetAttribute:
		a.MarkdownDescription = text
		return a
	case schema.MapAttribute:
		a.MarkdownDescription = text
		return a
	case schema.SingleNestedAttribute:
		a.MarkdownDescription, a.Attributes = text, described(a.Attributes)
		return a
	case schema.ListNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, described(a.NestedObject.Attributes)
		return a
	case schema.SetNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, described(a.NestedObject.Attributes)
		return a
	case schema.MapNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, described(a.NestedObject.Attributes)
		return a
	}
	return a
}

// withEquivalence puts a modifier before those of the attribute when its type
// knows values that are spelled otherwise and mean the same.
func withEquivalence(a schema.StringAttribute) []planmodifier.String {
	kind := a.CustomType
	if kind == nil {
		return a.PlanModifiers
	}
	same := func(x, y string) bool {
		ctx := context.Background()
		v, d := kind.ValueFromString(ctx, basetypes.NewStringValue(x))
		w, e := kind.ValueFromString(ctx, basetypes.NewStringValue(y))
		typed, ok := v.(basetypes.StringValuableWithSemanticEquals)
		if !ok || d.HasError() || e.HasError() {
			return false
		}
		equal, diags := typed.StringSemanticEquals(ctx, w)
		return equal && !diags.HasError()
	}
	return append([]planmodifier.String{UseEquivalentState(same)}, a.PlanModifiers...)
}

// attributeNames are the names of the attributes in order.
func attributeNames(attributes map[string]schema.Attribute) []string {
	return slices.Sorted(maps.Keys(attributes))
}
