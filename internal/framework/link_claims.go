// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// LinkClaim says that a resource manages links of a parent, as the scopes of a
// role: all of them, or one.
type LinkClaim struct {
	Links     string // what, for people: "scopes of the role"
	Parent    string // the ID of the parent; empty while it is not known
	All       bool   // all of the parent's links, by an attribute
	Attribute string // the attribute that manages the links, if All or Exclusive
	// Children are the IDs of the planned links, if All.
	Children []string
	// Exclusive is set for something that one resource of a tenant can be or have,
	// such as the default API resource; Links names it.
	Exclusive bool
	// Child names the one link, if another resource can manage the whole set as long as
	// it removes none of the single links. Removes is set for the resource of the whole
	// set when its plan removes the link, and Advice says what to do then.
	Child   string
	Removes bool
	Advice  string

	// unchanged is set where a plan leaves the links as the state has them, so that the
	// apply does not write them.
	unchanged bool
}

// ownedBy leaves out what is in the state since an import only, and not configured.
func ownedBy(ctx context.Context, config tfsdk.Config, owned []LinkClaim, diags *diag.Diagnostics) []LinkClaim {
	return slices.DeleteFunc(owned, func(o LinkClaim) bool {
		if !o.All || o.Attribute == "" {
			return false
		}
		var v attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(o.Attribute), &v)...)
		return v == nil || v.IsNull()
	})
}

// own notes which resource manages which links. It warns when the links of one parent are
// managed both as a whole and one by one, because the two resources undo each other.
func (d *ProviderData) own(typeName string, owned []LinkClaim, diags *diag.Diagnostics) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range owned {
		if o.Parent == "" || o.Exclusive {
			continue
		}
		if o.Child != "" {
			d.ownOne(typeName, o, diags)
			continue
		}
		key := o.Links + " " + o.Parent
		if d.owners[key] == nil {
			d.owners[key] = map[bool]string{}
		}
		name := typeName
		if o.All {
			name += "." + o.Attribute
			for _, child := range o.Children {
				if o.unchanged {
					d.listLink(linkKey(o, child), name, diags)
				}
			}
		}
		_, twice := d.owners[key][o.All]
		d.owners[key][o.All] = name
		if other, both := d.owners[key][!o.All]; both && !twice {
			whole, single := name, other
			if !o.All {
				whole, single = other, name
			}
			diags.AddWarning("Two resources manage the same links",
				fmt.Sprintf("The %s %s are managed as a whole by %s and one by one by %s. Each apply of the first removes what the second added. "+
					"Use one of the two for this object: leave the attribute out, or list everything in it.", o.Links, o.Parent, whole, single))
		}
	}
}

func linkKey(o LinkClaim, child string) string { return o.Links + " " + o.Parent + " " + child }

// markUnchanged marks those whole sets of a plan that are as in the state.
func markUnchanged(owned, held []LinkClaim) {
	for i, o := range owned {
		owned[i].unchanged = o.All && slices.ContainsFunc(held, func(h LinkClaim) bool {
			return h.All && h.Attribute == o.Attribute && len(h.Children) == len(o.Children) &&
				!slices.ContainsFunc(o.Children, func(child string) bool { return !slices.Contains(h.Children, child) })
		})
	}
}

// listLink notes that an attribute lists a link that the apply does not write, and warns
// when the plan destroys the resource of that one link. Callers hold the lock.
func (d *ProviderData) listLink(key, attribute string, diags *diag.Diagnostics) {
	d.listed[key] = attribute
	if typeName, ok := d.dropped[key]; ok {
		tellDropped(typeName, attribute, key, diags)
	}
}

// drop notes that the plan destroys the resource of one link, and warns when an
// attribute of another one lists the link.
func (d *ProviderData) drop(typeName string, owned []LinkClaim, child string, diags *diag.Diagnostics) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range owned {
		if o.All || o.Exclusive || o.Child != "" {
			continue
		}
		key := linkKey(o, child)
		d.dropped[key] = typeName
		if attribute, ok := d.listed[key]; ok {
			tellDropped(typeName, attribute, key, diags)
		}
	}
}

func tellDropped(typeName, attribute, link string, diags *diag.Diagnostics) {
	diags.AddWarning("A link that another resource lists is destroyed",
		fmt.Sprintf("%s lists one of the %s, and the plan destroys the %s of the same link: the link goes with it, and the next apply adds it again. "+
			"To keep it, remove the %s from the state instead of destroying it, as a removed block does.", attribute, link, typeName, typeName))
}

// ownOne notes who manages one link, or removes it, and warns when one resource removes
// what another one manages. Callers hold the lock.
func (d *ProviderData) ownOne(typeName string, o LinkClaim, diags *diag.Diagnostics) {
	key := linkKey(o, o.Child)
	if d.links[key] == nil {
		d.links[key] = map[bool]linkOwner{}
	}
	_, twice := d.links[key][o.Removes]
	d.links[key][o.Removes] = linkOwner{typeName, o}
	removing, both := d.links[key][true]
	managing, managed := d.links[key][false]
	if !both || !managed || twice {
		return
	}
	diags.AddWarning("A resource removes what another one manages",
		fmt.Sprintf("%s.%s no longer has %s, which a %s adds to the %s %s. Each apply of the first removes it, and each apply of the second adds it again. %s",
			removing.typeName, removing.claim.Attribute, o.Child, managing.typeName, o.Links, o.Parent, removing.claim.Advice))
}

// linkOwner is the type of a resource that manages a link or removes it.
type linkOwner struct {
	typeName string
	claim    LinkClaim
}
