// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// claims are what the resources of one plan want to manage. Terraform does not tell the
// provider the addresses of resources, so it counts them.
type claims struct {
	mu    sync.Mutex
	known map[string]int // claim → resources that make it
	// existing counts those of them that are in the state already, and holding those
	// that had the claim there.
	existing, holding map[string]int
	gone              map[string]bool // claims of resources that the plan destroys
}

// claim is something that one resource can manage.
type claim struct {
	key string
	// summary and detail are the texts of the diagnostic for a second resource with the
	// same claim.
	summary, detail string
	// typeName and object are what is claimed, when it is an object.
	typeName string
	object   logto.Key
	// attribute is where the diagnostic is shown; empty for the whole resource.
	attribute string
	// refused is set when Logto cannot keep both claims.
	refused bool
	// held is set when the resource had the claim in the state.
	held bool
}

// keyClaim is the claim to an object whose key people choose.
func keyClaim(typeName string, key logto.Key, single bool) claim {
	c := claim{key: typeName + " " + strings.Join(key, "/"), typeName: typeName, object: key, summary: "Two resources manage the same object"}
	if single {
		c.detail = fmt.Sprintf("The configuration has more than one %s, and a tenant has one. Each manages what it sets; where both set the same attribute, "+
			"they undo each other, and destroying one of them resets what it set.", typeName)
	} else {
		c.detail = fmt.Sprintf("More than one %s is %s. Each change of one undoes the other, and destroying one takes the object away from both. Remove one of them.",
			typeName, strings.Join(key, "/"))
	}
	return c
}

// exclusive are the claims to what one resource of a tenant can be or have. held are
// those of the state.
func exclusive(owned, held []LinkClaim) (claimed []claim) {
	for _, o := range owned {
		if o.Exclusive {
			had := slices.ContainsFunc(held, func(h LinkClaim) bool { return h.Exclusive && h.Links == o.Links })
			claimed = append(claimed, claim{key: o.Links, attribute: o.Attribute, refused: true, held: had,
				summary: "Two resources want to be " + o.Links,
				detail:  "There can be only one, so each apply would take it from the other. Change all but one of them; where another one had it until now, apply that change with this one."})
		}
	}
	return claimed
}

// add notes a claim, and adds a diagnostic for a second one. exists is set for a resource that is
// in the state, and again when the same resource was planned before.
func (c *claims) add(added claim, exists, again bool, diags *diag.Diagnostics) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known, c.existing, c.holding = map[string]int{}, map[string]int{}, map[string]int{}
	}
	if again && c.known[added.key] > 0 {
		return
	}
	c.known[added.key]++
	if exists {
		c.existing[added.key]++
	}
	if c.gone[added.key] {
		tellGone(added.typeName, added.object, exists, diags)
	}
	if added.held {
		c.holding[added.key]++
	}
	// What all of them have already is not this plan's doing, and a destroy begins
	// with a plan.
	added.refused = added.refused && c.holding[added.key] < c.known[added.key]
	if c.known[added.key] > 1 {
		tell(added, diags)
	}
}

// destroyed tells of an object that is destroyed while another resource manages it or
// creates it.
func (c *claims) destroyed(typeName string, key logto.Key, diags *diag.Diagnostics) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := keyClaim(typeName, key, false)
	if c.known[old.key] > 0 {
		tellGone(typeName, key, c.existing[old.key] > 0, diags)
	}
	if c.gone == nil {
		c.gone = map[string]bool{}
	}
	c.gone[old.key] = true
}

// tellGone tells of an object that a plan destroys while another resource manages it,
// or, where that one has yet to be created, creates it.
func tellGone(typeName string, key logto.Key, managed bool, diags *diag.Diagnostics) {
	object := strings.Join(key, "/")
	if managed {
		diags.AddWarning("An object that another resource manages is destroyed",
			fmt.Sprintf("Two resources of type %s manage %s, and one of them is destroyed: Logto then no longer has the object, and the other resource creates it again with the next apply. "+
				"To keep it, remove the resource from the state instead of destroying it, as a removed block does.", typeName, object))
		return
	}
	diags.AddWarning("The plan destroys and creates one object",
		fmt.Sprintf("One resource of type %s is destroyed and another one is created, and both are %s. If only the address of the resource changed, as by a new name, a module or an index, "+
			"add a moved block: the apply then writes nothing. If there is no moved block, a secret gets another value, and if Logto rejects a second object with this key, the apply can fail, and a second apply is necessary.", typeName, object))
}

func tell(c claim, diags *diag.Diagnostics) {
	at := path.Root(c.attribute)
	switch {
	case c.refused && c.attribute != "":
		diags.AddAttributeError(at, c.summary, c.detail)
	case c.refused:
		diags.AddError(c.summary, c.detail)
	case c.attribute != "":
		diags.AddAttributeWarning(at, c.summary, c.detail)
	default:
		diags.AddWarning(c.summary, c.detail)
	}
}
