// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// The standard sentences: each stands here only. They go behind the description
// of an attribute of a resource, and not behind that of a data source.
const (
	replacesSays    = "Changing it replaces the resource."
	runTimeSays     = "Run-time data: Terraform manages it only while it is set, and clears it when it is no longer set."
	runTimeKeptSays = "Run-time data: Terraform manages it only while it is set, and leaves it as it is when it is no longer set."
	linkSetSays     = "Link set: while it is set, Terraform removes what is not listed, and `[]` removes everything; when it is left out, Terraform does not manage it."
	linkMapSays     = "Link set: while it is set, Terraform removes what is not listed, and `{}` removes everything; when it is left out, Terraform does not manage it."
	groupSays       = "Terraform does not manage what is left out of it."
	settingSays     = "Tenant setting: Terraform manages it only while it is set."
	settingSaysElse = "Tenant setting: Terraform manages it only while it is set, and then resets it to %s."
	keptSays        = "An import reads it. While it is left out, Terraform does not manage it, and it stays as it is."
	defaultSays     = "Defaults to %s."
	// MovedSays goes behind the description of a resource whose key people choose:
	// without the block, Terraform makes and destroys one object in one run.
	MovedSays = "To give the resource another address, use a `moved` block."
)

// StandardSentences are the sentences about an attribute that follow from its schema.
func StandardSentences(a schema.Attribute) string {
	var says []string
	if d := defaultOf(a); d != nil && !d.IsNull() {
		if spelled := spell(d); spelled != "" {
			says = append(says, fmt.Sprintf(defaultSays, spelled))
		}
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
