// SPDX-License-Identifier: MPL-2.0

package export

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// atOnce is how many objects are read at the same time, as by Terraform.
const atOnce = 10

// kind is a type of which a tenant has objects.
type kind struct {
	framework.Lister
	area string
}

// instance is an object of a tenant, as a configuration has it.
type instance struct {
	framework.ListedObject
	kind  kind
	name  string
	state map[string]tftypes.Value
	// implied are attributes that a configuration need not have.
	implied []string
}

func (i *instance) address() string { return i.kind.TypeName() + "." + i.name }

// tenant is what can be found, and what was.
type tenant struct {
	*session
	kinds    []kind
	progress func(format string, args ...any)

	found map[string][]framework.ListedObject // by type
}

func newTenant(areas []framework.ServicePackage, progress func(string, ...any)) *tenant {
	t := &tenant{progress: progress, found: map[string][]framework.ListedObject{}}
	for _, area := range areas {
		for _, newList := range area.Lists {
			if f, ok := newList().(framework.Lister); ok {
				t.kinds = append(t.kinds, kind{f, area.Name})
			}
		}
	}
	return t
}

func (t *tenant) kindOf(typeName string) (kind, bool) {
	i := slices.IndexFunc(t.kinds, func(k kind) bool { return k.TypeName() == typeName })
	if i < 0 {
		return kind{}, false
	}
	return t.kinds[i], true
}

// choose returns the types to write: those that were asked for, or all but users
// and what belongs to them. Parts of whole sets would have two owners.
func (t *tenant) choose(ctx context.Context, o options) (chosen []kind, err error) {
	asked := map[string]bool{}
	for _, name := range separated(o.types) {
		asked[typeName(name)] = true
	}
	var known []string
	all := len(asked) == 0
	for _, k := range t.kinds {
		if k.OwnedElsewhere(ctx) {
			if asked[k.TypeName()] {
				return nil, fmt.Errorf("%s is not written: what it would be is in the whole set of what it belongs to, and would have two owners", k.TypeName())
			}
			continue
		}
		known = append(known, k.TypeName())
		if all && (o.users || !isOfUsers(k)) || asked[k.TypeName()] {
			chosen = append(chosen, k)
		}
		delete(asked, k.TypeName())
	}
	for name := range asked {
		return nil, fmt.Errorf("%s is no type that can be listed. Those that can are: %s", name, strings.Join(known, ", "))
	}
	for _, pattern := range o.excluded() {
		of, _, _ := strings.Cut(pattern, ".")
		if !slices.ContainsFunc(known, func(name string) bool { return matches(of, name) }) {
			return nil, fmt.Errorf("-exclude: %s is no type that can be listed. Those that can are: %s", of, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}

// separated are the parts of a list with commas.
func separated(s string) (parts []string) {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func typeName(name string) string { return "logto_" + strings.TrimPrefix(name, "logto_") }

// excluded are patterns of types, and of addresses with a dot.
func (o options) excluded() (patterns []string) {
	for _, pattern := range separated(o.exclude) {
		patterns = append(patterns, typeName(pattern))
	}
	return patterns
}

func matches(pattern, s string) bool {
	ok, err := path.Match(pattern, s)
	return ok && err == nil
}

// isExcluded reports whether a pattern excludes an object.
func (o options) isExcluded(i *instance) bool {
	return slices.ContainsFunc(o.excluded(), func(pattern string) bool {
		if strings.Contains(pattern, ".") {
			return matches(pattern, i.address())
		}
		return matches(pattern, i.kind.TypeName())
	})
}

// isOfUsers reports whether the objects are users, or come and go with them.
func isOfUsers(k kind) bool {
	return k.TypeName() == "logto_user" || k.TypeName() == "logto_organization_invitation" || slices.Contains(k.Key(), "user_id")
}

// find is all that the tenant has of a type, below all parents.
func (t *tenant) find(ctx context.Context, k kind) ([]framework.ListedObject, error) {
	if found, ok := t.found[k.TypeName()]; ok {
		return found, nil
	}
	below := [][]string{nil}
	for _, attribute := range k.Parents() {
		var parents [][]string
		for _, target := range validators.ReferencesOf(k.Attributes()[attribute]) {
			parent, ok := t.kindOf(target.TypeName())
			if !ok {
				continue
			}
			objects, err := t.find(ctx, parent)
			if err != nil {
				return nil, err
			}
			for _, above := range below {
				for _, o := range objects {
					parents = append(parents, append(slices.Clone(above), o.Key...))
				}
			}
		}
		below = parents
	}
	var lacking atomic.Pointer[string]
	lists := make([][]framework.ListedObject, len(below))
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, parents := range below {
		group.Go(func() error {
			objects, diags := k.Find(gctx, t.data.Client, parents)
			lists[i] = objects
			if warnings := diags.Warnings(); len(warnings) > 0 {
				says := warnings[0].Summary() + ". " + warnings[0].Detail()
				lacking.Store(&says)
			}
			return asError(diags)
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if says := lacking.Load(); says != nil {
		t.progress("%s\n", *says)
	}
	found := slices.Concat(lists...)
	t.found[k.TypeName()] = found
	return found, nil
}

// objects reads the objects of the types, and those of every tenant that they may refer
// to. What a configuration is not to manage is left out, and what belongs to it.
func (t *tenant) objects(ctx context.Context, kinds []kind, o options) (managed, builtIn []*instance, err error) {
	var wanted, all []*instance
	referred := referredTypes(kinds)
	for _, k := range t.kinds {
		isChosen := slices.ContainsFunc(kinds, func(c kind) bool { return c.TypeName() == k.TypeName() })
		if !isChosen && !referred[k.TypeName()] {
			continue
		}
		found, err := t.find(ctx, k)
		if err != nil {
			return nil, nil, err
		}
		n := 0
		for _, f := range found {
			i := &instance{ListedObject: f, kind: k}
			all = append(all, i)
			if isChosen && f.Omission == framework.Managed {
				wanted = append(wanted, i)
				n++
			}
			if f.Omission == framework.BuiltIn {
				builtIn = append(builtIn, i)
			}
		}
		if n > 0 {
			t.progress("%s: %d\n", k.TypeName(), n)
		}
	}
	if err := t.readAll(ctx, slices.Concat(wanted, builtIn)); err != nil {
		return nil, nil, err
	}
	isGone := func(i *instance) bool { return i.state == nil }
	wanted, builtIn = slices.DeleteFunc(wanted, isGone), slices.DeleteFunc(builtIn, isGone)
	giveNames(wanted, slices.DeleteFunc(slices.Clone(all), func(i *instance) bool { return slices.Contains(wanted, i) }))
	slices.SortFunc(wanted, func(a, b *instance) int { return strings.Compare(a.address(), b.address()) })
	return withoutExcluded(wanted, all, o), builtIn, nil
}

// referredTypes are the types that those refer to and that a tenant lists at once, but
// for users: there may be millions of them.
func referredTypes(kinds []kind) map[string]bool {
	types := map[string]bool{}
	var visit func(attributes map[string]schema.Attribute)
	visit = func(attributes map[string]schema.Attribute) {
		for _, a := range attributes {
			for _, target := range validators.ReferencesOf(a) {
				types[target.TypeName()] = target.Attribute == "id"
			}
			visit(nestedIn(a))
		}
	}
	for _, k := range kinds {
		visit(k.Attributes())
	}
	types["logto_user"] = false
	return types
}

// nestedIn are the attributes of the object that an attribute is, or of its elements.
func nestedIn(a schema.Attribute) map[string]schema.Attribute {
	switch a := a.(type) {
	case schema.SingleNestedAttribute:
		return a.Attributes
	case schema.ListNestedAttribute:
		return a.NestedObject.Attributes
	case schema.SetNestedAttribute:
		return a.NestedObject.Attributes
	case schema.MapNestedAttribute:
		return a.NestedObject.Attributes
	}
	return nil
}

// withoutExcluded leaves out objects that are excluded, and those that belong to one
// that is, or that the provider itself needs.
func withoutExcluded(wanted, all []*instance, o options) []*instance {
	gone := map[string]bool{}
	for _, i := range all {
		if i.Omission == framework.OwnAccess || i.Omission == framework.Over || o.isExcluded(i) {
			gone[i.kind.TypeName()+" "+i.Key.ID()] = true
		}
	}
	return slices.DeleteFunc(wanted, func(i *instance) bool {
		if o.isExcluded(i) {
			return true
		}
		for j, attribute := range i.kind.Key() {
			for _, target := range validators.ReferencesOf(i.kind.Attributes()[attribute]) {
				if target.Attribute == "id" && gone[target.TypeName()+" "+i.Key[j]] {
					return true
				}
			}
		}
		return false
	})
}

// readAll reads what an import of each object would have in the state.
func (t *tenant) readAll(ctx context.Context, objects []*instance) error {
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	var done atomic.Int64
	step := max(len(objects)/10, 100)
	for _, i := range objects {
		group.Go(func() error {
			v, err := t.read(gctx, i.kind.TypeName(), i.ImportID())
			if err != nil {
				return fmt.Errorf("%s %s: %w", i.kind.TypeName(), i.ImportID(), err)
			}
			if n := int(done.Add(1)); n%step == 0 || n == len(objects) {
				t.progress("read %d of %d\n", n, len(objects))
			}
			if v.IsNull() {
				return nil // somebody deleted it meanwhile
			}
			implied, diags := i.kind.Implied(gctx, v)
			if err := asError(diags); err != nil {
				return err
			}
			i.implied = implied
			return v.As(&i.state)
		})
	}
	return group.Wait()
}
