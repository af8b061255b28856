// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// objects is what the framework does with the objects of a type: the [API], the [Model] and
// those of its hooks that speak of the model's own type. [Define] and the compiler know the
// types; behind this interface a model is a *M, an object a *T and an input an In. So the
// rest of the framework is compiled once and not once for each type, which would make the
// provider half as large again. Each run of Terraform reads all of it, to compare its checksum.
type objects interface {
	newModel() any
	// copyOf is a shallow copy of a model.
	copyOf(model any) any
	expand(ctx context.Context, model any) (input any, diags diag.Diagnostics)
	flatten(ctx context.Context, model, object any) diag.Diagnostics

	create(ctx context.Context, c *logto.Client, key logto.Key, input any) (object any, err error)
	get(ctx context.Context, c *logto.Client, key logto.Key) (object any, err error)
	update(ctx context.Context, c *logto.Client, key logto.Key, from, to any) (object any, err error)
	delete(ctx context.Context, c *logto.Client, key logto.Key) error
	search(ctx context.Context, c *logto.Client, parents []string, filters url.Values) (objects []any, err error)

	// A state of nil is that of an object which is yet to be created.
	modifyPlan(ctx context.Context, c *logto.Client, model, config, state any, resp *resource.ModifyPlanResponse)
	checkWrite(ctx context.Context, c *logto.Client, model, state any, diags *diag.Diagnostics)
	copyWriteOnly(model, config any)
	afterWrite(ctx context.Context, c *logto.Client, model, planned, prior any) error
	isCompanion(model any, siblings []any) bool
	// hooks are those of them that the model has, where it takes work to call them.
	hooks() typedHooks
}

// typedHooks are the hooks that speak of the model's own type.
type typedHooks struct {
	modifyPlan, checkWrite, copyWriteOnly bool
}

// typedObjects implements objects.
type typedObjects[M, T, In any, P Model[M, T, In]] struct {
	api func(*logto.Client) API[T, In]
}

func (typedObjects[M, T, In, P]) newModel() any { return P(new(M)) }

func (typedObjects[M, T, In, P]) copyOf(model any) any {
	c := *own[M](model)
	return P(&c)
}

func (typedObjects[M, T, In, P]) expand(ctx context.Context, model any) (any, diag.Diagnostics) {
	return P(own[M](model)).Expand(ctx)
}

func (typedObjects[M, T, In, P]) flatten(ctx context.Context, model, object any) diag.Diagnostics {
	return P(own[M](model)).Flatten(ctx, own[T](object))
}

func (t typedObjects[M, T, In, P]) create(ctx context.Context, c *logto.Client, key logto.Key, input any) (any, error) {
	in, _ := input.(In)
	return t.api(c).Create(ctx, key, in)
}

func (t typedObjects[M, T, In, P]) get(ctx context.Context, c *logto.Client, key logto.Key) (any, error) {
	return t.api(c).Get(ctx, key)
}

func (t typedObjects[M, T, In, P]) update(ctx context.Context, c *logto.Client, key logto.Key, from, to any) (any, error) {
	was, _ := from.(In)
	will, _ := to.(In)
	return t.api(c).Update(ctx, key, was, will)
}

func (t typedObjects[M, T, In, P]) delete(ctx context.Context, c *logto.Client, key logto.Key) error {
	return t.api(c).Delete(ctx, key)
}

func (t typedObjects[M, T, In, P]) search(ctx context.Context, c *logto.Client, parents []string, filters url.Values) ([]any, error) {
	found, err := t.api(c).Search(ctx, parents, filters)
	all := make([]any, len(found))
	for i := range found {
		all[i] = &found[i]
	}
	return all, err
}

func (typedObjects[M, T, In, P]) modifyPlan(ctx context.Context, c *logto.Client, model, config, state any, resp *resource.ModifyPlanResponse) {
	if m, ok := model.(ModelWithModifyPlan[M]); ok {
		m.ModifyPlan(ctx, c, own[M](config), own[M](state), resp)
	}
}

func (typedObjects[M, T, In, P]) checkWrite(ctx context.Context, c *logto.Client, model, state any, diags *diag.Diagnostics) {
	if m, ok := model.(ModelWithCheckWrite[M]); ok {
		m.CheckWrite(ctx, c, own[M](state), diags)
	}
}

func (typedObjects[M, T, In, P]) copyWriteOnly(model, config any) {
	if m, ok := model.(ModelWithCopyWriteOnly[M]); ok {
		m.CopyWriteOnly(own[M](config))
	}
}

func (typedObjects[M, T, In, P]) afterWrite(ctx context.Context, c *logto.Client, model, planned, prior any) error {
	if m, ok := model.(ModelWithAfterWrite[M]); ok {
		return m.AfterWrite(ctx, c, own[M](planned), own[M](prior))
	}
	return nil
}

func (typedObjects[M, T, In, P]) isCompanion(model any, siblings []any) bool {
	m, ok := model.(ModelWithIsCompanion[M])
	if !ok {
		return false
	}
	all := make([]*M, len(siblings))
	for i, s := range siblings {
		all[i] = own[M](s)
	}
	return m.IsCompanion(all)
}

func (typedObjects[M, T, In, P]) hooks() (has typedHooks) {
	var m any = P(new(M))
	_, has.modifyPlan = m.(ModelWithModifyPlan[M])
	_, has.checkWrite = m.(ModelWithCheckWrite[M])
	_, has.copyWriteOnly = m.(ModelWithCopyWriteOnly[M])
	return has
}

// own is v as what the type's own code has; nil stays nil.
func own[V any](v any) *V {
	typed, _ := v.(*V)
	return typed
}
