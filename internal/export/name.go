// SPDX-License-Identifier: MPL-2.0

package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// named is an object with its name in the configuration.
type named struct {
	framework.ListedObject
	name string
}

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

// makeUnique sorts objects by name, and numbers those that have the same one, in
// the order of their import IDs.
func makeUnique(objects []named) {
	slices.SortFunc(objects, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.ImportID(), b.ImportID()))
	})
	taken := map[string]bool{}
	for _, o := range objects {
		taken[o.name] = true
	}
	last, n := "", 1
	for i, o := range objects {
		if o.name != last {
			last, n = o.name, 1
			continue
		}
		unique := last
		for ; taken[unique]; n++ {
			unique = fmt.Sprintf("%s_%d", last, n+1)
		}
		taken[unique] = true
		objects[i].name = unique
	}
}
