// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Data is what the configured provider hands to its types.
type Data struct {
	Client *logto.Client

	mu     sync.Mutex
	owners map[string]map[bool]string // links of a parent → whole set? → type that manages them

	claims claims
	run    run
	hints  func() *hintTable
}

// NewData is the data for a configured client. The areas are those whose hints go
// with errors.
func NewData(c *logto.Client, areas ...Offers) *Data {
	return &Data{Client: c, owners: map[string]map[bool]string{}, hints: lazyHints(areas)}
}

// Ownership says that a resource manages links of a parent, as the scopes of a
// role: all of them, or one.
type Ownership struct {
	Links  string // what, for people: "scopes of the role"
	Parent string // the parent's id; empty while it is not known
	Whole  bool   // all of the parent's links, by an attribute
	By     string // the attribute, when Whole
	// Children are the ids of the links that are planned, when Whole.
	Children []string
	// Exclusive is set for something that one resource of a tenant can be or have,
	// such as the default API resource; Links names it, and By is the attribute.
	Exclusive bool
}

// Elements are the known elements of a set of strings, for [Ownership].
func Elements(set types.Set) (ids []string) {
	for _, e := range set.Elements() {
		if s, ok := e.(types.String); ok && IsGiven(s) {
			ids = append(ids, s.ValueString())
		}
	}
	return ids
}

// ownedBy leaves out what is in the state since an import only, and not configured.
func ownedBy(ctx context.Context, config tfsdk.Config, owned []Ownership, diags *diag.Diagnostics) []Ownership {
	return slices.DeleteFunc(owned, func(o Ownership) bool {
		if !o.Whole || o.By == "" {
			return false
		}
		var v attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(o.By), &v)...)
		return v == nil || v.IsNull()
	})
}

// own notes who manages which links and warns when one parent's are managed
// both as a whole and one by one, because the two undo each other.
func (d *Data) own(typeName string, owned []Ownership, diags *diag.Diagnostics) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range owned {
		if o.Parent == "" || o.Exclusive {
			continue
		}
		key := o.Links + " " + o.Parent
		if d.owners[key] == nil {
			d.owners[key] = map[bool]string{}
		}
		name := typeName
		if o.Whole {
			name += "." + o.By
		}
		_, twice := d.owners[key][o.Whole]
		d.owners[key][o.Whole] = name
		if other, both := d.owners[key][!o.Whole]; both && !twice {
			whole, single := name, other
			if !o.Whole {
				whole, single = other, name
			}
			diags.AddWarning("Two resources manage the same links",
				fmt.Sprintf("The %s %s are managed as a whole by %s and one by one by %s. Each apply of the first removes what the second added. "+
					"Use one of the two for this object: leave the attribute out, or list everything in it.", o.Links, o.Parent, whole, single))
		}
	}
}
