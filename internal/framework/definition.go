// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// attributeNames are the names of the attributes in order.
func attributeNames(attributes map[string]schema.Attribute) []string {
	return slices.Sorted(maps.Keys(attributes))
}

// API is what the framework asks of a kind of object. [logto.Collection] and
// [logto.Links] are such.
type API[T, In any] interface {
	// Create makes an object. Parts of key that only the server knows are empty.
	Create(ctx context.Context, key logto.Key, in In) (*T, error)
	Get(ctx context.Context, key logto.Key) (*T, error)
	// Update writes what differs between from and to, and nothing when nothing does.
	Update(ctx context.Context, key logto.Key, from, to In) (*T, error)
	Delete(ctx context.Context, key logto.Key) error
	// Search returns the objects below the parents, all of them without filters.
	Search(ctx context.Context, parents []string, filters url.Values) ([]T, error)
}

// Model is a pointer to M, the Go form of an object in Terraform.
type Model[M, T, In any] interface {
	*M
	// Expand is what the API is sent. Null and unknown attributes are left out.
	Expand(context.Context) (In, diag.Diagnostics)
	// Flatten takes over what the API answered, and leaves alone what it never says.
	Flatten(context.Context, *T) diag.Diagnostics
}

// Definition describes a kind of object: its Terraform name, its schema, and where
// it is in the API. Its methods make the Terraform types for it.
type Definition struct {
	name string // without the provider's prefix
	// schema is made when it is asked for, as is what follows from it: a process of the
	// provider uses few types.
	schema func() schema.Schema
	// resourceSchema is the schema with what holds for a resource only: the standard
	// sentences, and modifiers that take equal values for the same.
	resourceSchema func() schema.Schema
	version        int64 // of the schema
	// tracked are the attributes of which the private state says whether they were
	// configured, and linkSets those of that kind; nested ones as "outer.inner".
	tracked, linkSets func() []string
	// configurationOnly are attributes that Logto does not know: see [Definition.ConfigurationOnly].
	configurationOnly []string
	objects           objects
	key               []string
	mutableIdentity   bool
	// withoutParents is set when a key of several parts has no parents: see [Definition.WithoutParents].
	withoutParents bool
	// omittedFromPlural are attributes that take a call for each object: see [Definition.OmitFromPlural].
	omittedFromPlural []string
	// fromVersion0 changes a state of version 0: see [Definition.FromVersion0].
	fromVersion0 func(attributes map[string]any)
	// atMostOne is set for what a tenant has once, restores for what it always has:
	// see [Definition.AtMostOne] and [AlwaysOne].
	atMostOne, alwaysOne bool
	// dependencies must exist before the objects: see [Definition.After].
	dependencies []Dependency
}

// Define describes the objects of that Terraform name. key names the attributes
// that say which object it is, parents first; the id alone otherwise.
func Define[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s func() schema.Schema, access func(*logto.Client) A, key ...string) *Definition {
	if len(key) == 0 {
		key = []string{"id"}
	}
	o := &Definition{name: name, schema: sync.OnceValue(s), key: key,
		objects: typedObjects[M, T, In, P]{api: func(c *logto.Client) API[T, In] { return access(c) }}}
	o.resourceSchema = sync.OnceValue(func() schema.Schema {
		described := o.schema()
		described.Attributes = schemas.Describe(described.Attributes)
		described.Version = o.version
		return described
	})
	o.tracked = sync.OnceValue(func() []string {
		return ofKind(o.schema().Attributes, "", planmodifiers.RunTimeData, planmodifiers.TenantSettings)
	})
	o.linkSets = sync.OnceValue(func() []string { return ofKind(o.schema().Attributes, "", planmodifiers.LinkSets) })
	return o
}

// ofKind are the attributes of those kinds; nested ones as "outer.inner".
func ofKind(attributes map[string]schema.Attribute, under string, kinds ...planmodifiers.Kind) (names []string) {
	for _, name := range attributeNames(attributes) {
		a := attributes[name]
		if slices.Contains(kinds, planmodifiers.KindOf(a)) {
			names = append(names, under+name)
		}
		if nested, ok := a.(schema.SingleNestedAttribute); ok {
			names = append(names, ofKind(nested.Attributes, under+name+".", kinds...)...)
		}
	}
	return names
}

// ConfigurationOnly marks attributes that say how Terraform handles a resource, such as
// when to rotate a key. Logto does not know them, and data sources do not have them.
func (o *Definition) ConfigurationOnly(attributes ...string) *Definition {
	o.configurationOnly = attributes
	return o
}

// MutableIdentity marks a kind of object whose key holds a name that can change.
func (o *Definition) MutableIdentity() *Definition {
	o.mutableIdentity = true
	return o
}

// WithoutParents marks a kind of object whose key has several parts but no parents: one
// list has all objects.
func (o *Definition) WithoutParents() *Definition {
	o.withoutParents = true
	return o
}

// OmitFromPlural marks attributes that take a call for each object. A data source of many
// objects does not have them.
func (o *Definition) OmitFromPlural(attributes ...string) *Definition {
	o.omittedFromPlural = attributes
	return o
}

// parents are the attributes of the key that name what the object is listed under.
func (o *Definition) parents() []string {
	if o.withoutParents {
		return nil
	}
	return o.key[:len(o.key)-1]
}

// Resource is the managed resource.
func (o *Definition) Resource() resource.Resource {
	return &Resource{Definition: o}
}

func (o *Definition) typeName() string { return "logto_" + o.name }

// AtMostOne marks a kind of object of which a tenant has one at most. Models set
// ID to [schemas.SingletonID].
func (o *Definition) AtMostOne() *Definition {
	o.atMostOne = true
	return o
}

// AlwaysOne describes what every tenant has once. Its resource adopts what is
// there and writes what differs from the configured attributes. Destroying it resets
// the attributes that were configured to the server's defaults, which their modifiers
// have; it resets all attributes if nothing was applied since an import. The attributes
// are all [planmodifiers.TenantSetting]. What another resource has set in the same run
// stays. Models set ID to [schemas.SingletonID].
func AlwaysOne[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s func() schema.Schema, access func(*logto.Client) A) *Definition {
	o := Define[M, T, In, A, P](name, s, access).AtMostOne()
	o.alwaysOne = true
	return o
}
