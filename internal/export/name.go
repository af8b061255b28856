// SPDX-License-Identifier: MPL-2.0

package export

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// longest is how many characters of what an object is called are its name.
const longest = 50

// identifier is a name in small letters, digits and underscores that says what
// text does: "Order import" is order_import. kind is for what has no letter.
func identifier(text, kind string) string {
	var b []rune
	letters := []rune(text)
	for i, r := range letters {
		switch {
		case unicode.IsLetter(r):
			// SignIn is two words, iOS is one.
			if unicode.IsUpper(r) && i > 1 && unicode.IsLower(letters[i-1]) && unicode.IsLower(letters[i-2]) {
				b = append(b, '_')
			}
			b = append(b, unicode.ToLower(r))
		case r >= '0' && r <= '9':
			b = append(b, r)
		case unicode.Is(unicode.Mn, r): // an accent that is a character of its own
		case len(b) > 0 && b[len(b)-1] != '_':
			b = append(b, '_')
		}
	}
	name := strings.Trim(string(b[:min(len(b), longest)]), "_")
	switch {
	case name == "":
		return kind
	case name[0] >= '0' && name[0] <= '9':
		return kind + "_" + name
	}
	return name
}

// giveNames names the objects, those first that others are called after. Names of managed
// objects are unique.
func giveNames(managed, others []*instance) {
	belongs := func(i *instance) bool {
		return slices.ContainsFunc(i.kind.Key(), func(attribute string) bool { return len(validators.ReferencesOf(i.kind.Attributes()[attribute])) > 0 })
	}
	named := map[string]string{} // by type and ID
	content := contents(managed)
	for _, children := range []bool{false, true} {
		isOther := func(i *instance) bool { return belongs(i) != children }
		unique := slices.DeleteFunc(slices.Clone(managed), isOther)
		rest := slices.DeleteFunc(slices.Clone(others), isOther)
		for _, i := range slices.Concat(unique, rest) {
			i.name = nameOf(i, named)
		}
		makeUnique(unique, content)
		for _, i := range slices.Concat(unique, rest) {
			named[i.kind.TypeName()+" "+i.Key.ID()] = i.name
		}
	}
}

// nameOf is the name of an object in a configuration: what people call it, and what it
// belongs to.
func nameOf(i *instance, named map[string]string) string {
	if i.kind.AtMostOne() {
		return "this"
	}
	attributes := i.kind.Key()
	var words []string
	for j, attribute := range attributes {
		word := i.Key[j]
		switch {
		case attribute == "id" && len(attributes) > 1:
			continue // Logto made it, and another tenant has another one
		case attribute == "id" && i.Label != "":
			word = i.Label
		}
		for _, target := range validators.ReferencesOf(i.kind.Attributes()[attribute]) {
			if name := named[target.TypeName()+" "+i.Key[j]]; name != "" && target.Attribute == "id" {
				word = name
			}
		}
		words = append(words, word)
	}
	short := strings.TrimPrefix(i.kind.TypeName(), "logto_")
	return withoutStutter(identifier(strings.Join(words, " "), short), short)
}

// shortFor are what people call objects of a type besides.
var shortFor = map[string]string{"application": "app", "hook": "webhook", "organization": "org"}

// withoutStutter leaves out of a name what its type says already, at its ends, and a word
// that stands there twice: the role "Clerk role" is logto_role.clerk.
func withoutStutter(name, kind string) string {
	said := append(strings.Split("logto_"+kind, "_"), shortFor[kind])
	words := slices.Compact(strings.Split(name, "_"))
	isSaid := func(word string) bool {
		return slices.Contains(said, word) || slices.Contains(said, strings.TrimSuffix(word, "s"))
	}
	kept := slices.Clone(words)
	for len(kept) > 1 && isSaid(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	for len(kept) > 1 && isSaid(kept[0]) {
		kept = kept[1:]
	}
	if first := kept[0][0]; first >= '0' && first <= '9' {
		kept = words
	}
	return strings.Join(kept, "_")
}

// makeUnique sorts objects by type and name, and numbers those that have the same one.
// The order among these comes from what they are, so that another tenant with the same
// objects gives them the same names, and from their import IDs where they are the same.
func makeUnique(objects []*instance, content map[*instance]string) {
	slices.SortFunc(objects, func(a, b *instance) int {
		return cmp.Or(cmp.Compare(a.kind.TypeName(), b.kind.TypeName()), cmp.Compare(a.name, b.name), cmp.Compare(content[a], content[b]), cmp.Compare(a.ImportID(), b.ImportID()))
	})
	taken := map[string]bool{}
	for _, i := range objects {
		taken[i.address()] = true
	}
	last, n := "", 1
	for _, i := range objects {
		if i.address() != last {
			last, n = i.address(), 1
			continue
		}
		base := i.name
		for ; taken[i.address()]; n++ {
			i.name = fmt.Sprintf("%s_%d", base, n+1)
		}
		taken[i.address()] = true
	}
}

// rounds is how far contents look: to what refers to an object, to what else that refers
// to, and once more each way.
const rounds = 4

// contents are what each object is, apart from names and IDs of this tenant: what it has,
// what refers to it and what it refers to, and the same of these.
func contents(objects []*instance) map[*instance]string {
	own, byID := map[*instance]string{}, map[string]*instance{}
	for _, i := range objects {
		own[i] = i.kind.TypeName() + contentOf(i.kind.Attributes(), i.state)
		if slices.Equal(i.kind.Key(), []string{"id"}) {
			byID[i.Key.ID()] = i
		}
	}
	type reference struct {
		by, to    *instance
		attribute string
	}
	var references []reference
	for _, i := range objects {
		for name, v := range i.state {
			_ = tftypes.Walk(v, func(_ *tftypes.AttributePath, part tftypes.Value) (bool, error) { // which has no error
				if id, ok := stringOf(part); ok && byID[id] != nil && byID[id] != i {
					references = append(references, reference{i, byID[id], name})
				}
				return true, nil
			})
		}
	}
	content := maps.Clone(own)
	for range rounds {
		around := map[*instance][]string{}
		for _, r := range references {
			around[r.to] = append(around[r.to], r.attribute+" of "+content[r.by])
			around[r.by] = append(around[r.by], r.attribute+" is "+content[r.to])
		}
		for i, near := range around {
			slices.Sort(near)
			content[i] = own[i] + fmt.Sprintf("%x", sha256.Sum256([]byte(content[i]+strings.Join(near, "\n"))))
		}
	}
	return content
}

// contentOf is what an object is apart from what Logto assigns and from what it refers to.
func contentOf(attributes map[string]schema.Attribute, values map[string]tftypes.Value) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		a, ok := attributes[name]
		if !ok || a.IsComputed() && !a.IsOptional() || a.IsSensitive() || len(validators.ReferencesOf(a)) > 0 || name == "id" {
			continue
		}
		if inner := members(values[name]); inner != nil && nestedIn(a) != nil {
			if _, single := a.(schema.SingleNestedAttribute); single {
				fmt.Fprintf(&b, "%s{%s}", name, contentOf(nestedIn(a), inner))
			} else {
				fmt.Fprintf(&b, "%s%v", name, slices.Sorted(maps.Keys(inner)))
			}
			continue
		}
		fmt.Fprintf(&b, "%s=%s;", name, values[name])
	}
	return b.String()
}

// members are the attributes of an object, or the elements of a map; nil when it is
// none, or null.
func members(v tftypes.Value) map[string]tftypes.Value {
	out := map[string]tftypes.Value{}
	if v.IsNull() || !v.IsKnown() || v.As(&out) != nil {
		return nil
	}
	return out
}
