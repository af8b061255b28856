// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

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
	// MovedSays goes behind the description of a resource whose key people choose:
	// without the block, Terraform makes and destroys one object in one run.
	MovedSays = "Use a `moved` block to change the address of the resource."
	// AdoptsSays goes behind the description of a resource that every tenant has once.
	AdoptsSays = "The first plan shows the creation of the resource with what the configuration sets, and not what the tenant has. " +
		"If the tenant is in use, import the resource first, with the ID `default`: the plan then shows what the apply changes."
)

// ForResource marks the sentences at the end of a description that say how to
// configure the attribute. The page of a data source leaves them out.
func ForResource(sentences string) string { return ForResourceMark + sentences }

// ForResourceMark stands before the sentences of [ForResource].
const ForResourceMark = "\x1f"

// EmptyIsNone is the sentence about texts that Logto stores as none when they are
// empty.
const EmptyIsNone = ForResourceMark + "An empty string is the same as no value."

// StandardSentences are the sentences about an attribute that follow from its schema.
func StandardSentences(a schema.Attribute) string {
	var says []string
	if refers := validators.ReferencesOf(a); len(refers) > 0 {
		says = append(says, refers.Says())
	}
	if d := DefaultOf(a); d != nil && !d.IsNull() && a.IsOptional() {
		if spelled := spell(d); spelled != "" {
			says = append(says, fmt.Sprintf(defaultSays, spelled))
		}
	}
	if a.IsWriteOnly() {
		says = append(says, writeOnlySays)
	}
	if u, ok := UnconfiguredOf(a); ok {
		if s := u.says(a); s != "" {
			says = append(says, s)
		}
	}
	if Replaces(a) {
		says = append(says, replacesSays)
	}
	return strings.Join(says, " ")
}

// Sentences joins those that are not empty.
func Sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// LimitSays is the sentence about the length of a text or the range of a number.
func LimitSays(a schema.Attribute) string {
	switch a := a.(type) {
	case schema.StringAttribute:
		for _, v := range a.Validators {
			switch f, _ := v.(validators.StringValidator); {
			case f.Most > 0 && f.Least > 0:
				return validators.LengthSays(f.Least, f.Most)
			case f.Most > 0:
				return fmt.Sprintf("The value must have at most %d characters.", f.Most)
			}
		}
	case schema.Int64Attribute:
		for _, v := range a.Validators {
			if r, ok := v.(validators.Int64Range); ok {
				return "The value " + strings.Replace(r.Says, "a whole number ", "", 1) + "."
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
		if spelled := spell(u.Cleared); spelled != "" && !u.Cleared.IsNull() {
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
