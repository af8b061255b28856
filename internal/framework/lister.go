// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Omission says why an object of a tenant is not for a configuration to manage.
type Omission string

// Omissions.
const (
	Managed   Omission = ""
	BuiltIn   Omission = "every tenant has it"
	OwnAccess Omission = "the provider signs in with it"
	Companion Omission = "Logto creates it together with what it belongs to"
	Over      Omission = "it is over"
)

// Dependency says that objects of a type have to be there before an object that does
// not refer to them.
type Dependency struct {
	Type string // without the provider's prefix
	// Attribute has one of these values; empty for all objects.
	Attribute string
	Values    []string
}

// After declares what has to be there before the objects, without a reference.
func (o *Definition) After(dependencies ...Dependency) *Definition {
	o.dependencies = dependencies
	return o
}

// Lister finds the objects of a type for the export of a tenant. List resources
// implement it.
type Lister interface {
	// TypeName is the Terraform type of the objects.
	TypeName() string
	// Key names the attributes that say which object it is, and Parents those of
	// them that say what it is listed under.
	Key() []string
	Parents() []string
	// Attributes are those of the resource.
	Attributes() map[string]schema.Attribute
	// Dependencies are what has to be there before the objects.
	Dependencies() []Dependency
	// OwnedElsewhere reports whether an object is one of those that an attribute of
	// another type manages as a whole set.
	OwnedElsewhere(context.Context) bool
	// AtMostOne reports whether a tenant has one object of the type at most.
	AtMostOne() bool
	// Find returns the objects below the parents.
	Find(ctx context.Context, c *logto.Client, parents []string) ([]ListedObject, diag.Diagnostics)
	// Implied names the attributes of the object with that state that a configuration
	// need not have.
	Implied(ctx context.Context, state tftypes.Value) ([]string, diag.Diagnostics)
}

// ListedObject is an object that a [Lister] found.
type ListedObject struct {
	Key   logto.Key
	Title string // for people; empty when only the key says which object it is
	Label string // the same as the name of a resource
	// Omission is why a configuration is not to manage it.
	Omission Omission
}

// ImportID is by what the object is imported.
func (f ListedObject) ImportID() string { return strings.Join(f.Key, "/") }

// TypeName implements [Lister].
func (l *listResource) TypeName() string { return l.typeName() }

// Key implements [Lister].
func (l *listResource) Key() []string { return l.key }

// Parents implements [Lister].
func (l *listResource) Parents() []string { return l.parents() }

// Attributes implements [Lister].
func (l *listResource) Attributes() map[string]schema.Attribute {
	return l.resourceSchema().Attributes
}

// Dependencies implements [Lister].
func (l *listResource) Dependencies() []Dependency { return l.dependencies }

// AtMostOne implements [Lister].
func (l *listResource) AtMostOne() bool { return l.atMostOne }

// OwnedElsewhere implements [Lister].
func (l *listResource) OwnedElsewhere(ctx context.Context) bool {
	o, ok := l.blank(ctx, &diag.Diagnostics{}).(ModelWithLinkClaims)
	return ok && slices.ContainsFunc(o.LinkClaims(), func(owned LinkClaim) bool { return !owned.All })
}

// Find implements [Lister].
func (l *listResource) Find(ctx context.Context, c *logto.Client, parents []string) ([]ListedObject, diag.Diagnostics) {
	models, omissions, diags := l.find(ctx, NewProviderData(c), parents)
	found := make([]ListedObject, len(models))
	for i, m := range models {
		found[i] = l.found(ctx, m, &diags)
		found[i].Omission = omissions[i]
		if omissions[i] != Managed {
			continue
		}
		if f, ok := m.(ModelWithIsOver); ok && f.IsOver(c.Now()) {
			found[i].Omission = Over
		} else if l.objects.isCompanion(m, models) {
			found[i].Omission = Companion
		}
	}
	return found, diags
}

// found is the object of a model.
func (l *listResource) found(ctx context.Context, m any, diags *diag.Diagnostics) (f ListedObject) {
	state := tfsdk.State{Schema: l.schema()}
	diags.Append(state.Set(ctx, m)...)
	f.Key = l.keyOf(state.Raw, diags)
	if t, ok := m.(ModelWithDisplayName); ok {
		f.Title = t.DisplayName()
	}
	f.Label = f.Title
	if l, ok := m.(ModelWithLabel); ok {
		f.Label = l.Label()
	}
	return f
}

// Implied implements [Lister].
func (l *listResource) Implied(ctx context.Context, raw tftypes.Value) ([]string, diag.Diagnostics) {
	m := l.objects.newModel()
	i, ok := m.(ModelWithImpliedAttributes)
	if !ok {
		return nil, nil
	}
	state := tfsdk.State{Schema: l.resourceSchema(), Raw: raw}
	diags := state.Get(ctx, m)
	return i.ImpliedAttributes(), diags
}

// WhenLeftOut returns the value that an attribute of a new object has when its
// configuration leaves it out; nil when the schema does not say.
func WhenLeftOut(a schema.Attribute) attr.Value {
	if d := planmodifiers.DefaultOf(a); d != nil {
		return d
	}
	return planmodifiers.ClearedOf(a)
}
