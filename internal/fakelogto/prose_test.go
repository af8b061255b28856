// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/api"
)

// facts are texts of more than four words that are no prose, in full.
var facts = []*regexp.Regexp{
	regexp.MustCompile(`^-----BEGIN [A-Z ]+-----[^ ]+-----END [A-Z ]+-----\s*$`),
	regexp.MustCompile(`^<(\?xml|md:EntityDescriptor) `),
	regexp.MustCompile(`^const [A-Za-z]+ = async \(`),     // a script of the recorded requests
	regexp.MustCompile(`^\.a \{ color: red; \}$`),         // a style sheet of theirs
	regexp.MustCompile(`^'[A-Za-z]+'( \| '[A-Za-z]+')+$`), // the values of an enum
	regexp.MustCompile(`^value too long for type character varying\(\d+\)$`),
}

// ascii is a text whose words stand apart, unlike those of Chinese.
var ascii = regexp.MustCompile(`^[\x00-\x7f]*$`)

// TestNoProse sees that the data of the package holds no sentence of Logto's: names,
// keys and values are short. What is named (a label, a title) may have six words.
func TestNoProse(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/recordings/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, "api/connector_factories.json", "api/phrase_keys.json") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, found := range prose(v, "") {
			t.Errorf("%s: %s", name, found)
		}
	}
}

// prose lists the texts inside v that may be sentences, and where they stand.
func prose(v any, at string) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			out = append(out, prose(key, at)...)
			out = append(out, prose(value, at+"."+key)...)
		}
	case []any:
		for i, item := range v {
			out = append(out, prose(item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case string:
		limit := 4
		if strings.HasSuffix(at, ".label") || strings.HasSuffix(at, ".title") {
			limit = 6
		}
		isFact := func(fact *regexp.Regexp) bool { return fact.MatchString(v) }
		long := len(strings.Fields(v)) > limit || !ascii.MatchString(v) && utf8.RuneCountInString(v) > 30
		if long && v != api.AnyText && !slices.ContainsFunc(facts, isFact) {
			out = append(out, at+": "+v)
		}
	}
	return out
}
