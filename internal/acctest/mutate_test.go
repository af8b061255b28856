// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What the fuzzing makes of an answer and of a configuration.

// changesOfJSON are what changeJSON does to a value within JSON.
var changesOfJSON = []func(was any, by []byte) (now any, gone bool){
	func(any, []byte) (any, bool) { return nil, true },
	func(any, []byte) (any, bool) { return nil, false },
	func(_ any, by []byte) (any, bool) {
		var v any
		if json.Unmarshal(by, &v) != nil {
			v = string(by)
		}
		return v, false
	},
	func(was any, by []byte) (any, bool) { // of another type
		others := []any{"x", 1.5, true, []any{}, map[string]any{}, []any{map[string]any{}, nil}, "", -1.0, 1e300}
		return others[len(by)%len(others)], false
	},
	func(was any, by []byte) (any, bool) { // with a key that is not known
		if object, ok := was.(map[string]any); ok {
			object[string(by)] = string(by)
		}
		return was, false
	},
	func(was any, by []byte) (any, bool) { // much of it
		switch v := was.(type) {
		case string:
			return strings.Repeat(v+string(by), 5000), false
		case []any:
			for range 50 {
				v = append(v, v...)[:min(2*len(v), 200)]
			}
			return v, false
		}
		return was, false
	},
}

// changeJSON changes the value at a place, counted through the whole of the JSON. The
// last ways break the text itself.
func changeJSON(text json.RawMessage, place, how int, by []byte) []byte {
	how %= len(changesOfJSON) + 2
	switch {
	case how == len(changesOfJSON):
		return text[:len(by)%len(text)]
	case how > len(changesOfJSON):
		return by
	}
	var whole any
	if json.Unmarshal(text, &whole) != nil {
		return by
	}
	places := 0
	count(whole, &places)
	at := place % places
	whole, _ = replaceAt(whole, &at, func(was any) (any, bool) { return changesOfJSON[how](was, by) })
	changed, err := json.Marshal(whole)
	if err != nil {
		return by
	}
	return changed
}

// count counts the values within JSON.
func count(v any, n *int) {
	*n++
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			count(inner, n)
		}
	case map[string]any:
		for _, inner := range v {
			count(inner, n)
		}
	}
}

// replaceAt replaces the value that is reached when at has been counted down.
func replaceAt(v any, at *int, by func(any) (any, bool)) (now any, gone bool) {
	if *at == 0 {
		*at--
		return by(v)
	}
	*at--
	switch whole := v.(type) {
	case []any:
		for i := 0; i < len(whole) && *at >= 0; i++ {
			if whole[i], gone = replaceAt(whole[i], at, by); gone {
				return slices.Delete(whole, i, i+1), false
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(whole)) {
			if *at < 0 {
				break
			}
			if whole[key], gone = replaceAt(whole[key], at, by); gone {
				delete(whole, key)
			}
		}
	}
	return v, false
}

// anotherValue is a value of a type that is made of a text.
func anotherValue(kind tftypes.Type, how uint8, text string) tftypes.Value {
	switch how % 8 {
	case 6:
		return tftypes.NewValue(kind, nil)
	case 7:
		return tftypes.NewValue(kind, tftypes.UnknownValue)
	}
	switch k := kind.(type) {
	case tftypes.List:
		return tftypes.NewValue(kind, elements(k.ElementType, how, text))
	case tftypes.Set:
		return tftypes.NewValue(kind, elements(k.ElementType, how, text))
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{text: anotherValue(k.ElementType, how/8, text)})
	case tftypes.Object:
		values := map[string]tftypes.Value{}
		for name, inner := range k.AttributeTypes {
			values[name] = anotherValue(inner, how/8, text)
		}
		return tftypes.NewValue(kind, values)
	}
	switch {
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, how%2 == 0)
	case kind.Is(tftypes.Number):
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil || n.IsInf() {
			n = big.NewFloat(float64(len(text)) - 2.5)
		}
		return tftypes.NewValue(kind, n)
	}
	return tftypes.NewValue(kind, text)
}

// elements are the lines of a text, each once.
func elements(kind tftypes.Type, how uint8, text string) []tftypes.Value {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	var out []tftypes.Value
	for _, line := range slices.Compact(lines) {
		out = append(out, anotherValue(kind, how/8, line))
	}
	return slices.CompactFunc(out, func(a, b tftypes.Value) bool { return a.Equal(b) })
}

// The changes of the fuzzing do what they say.
func TestChangeJSON(t *testing.T) {
	t.Parallel()
	const text = `{"a":[1,{"b":"x"}],"c":true}`
	for _, c := range []struct {
		place, how int
		by, want   string
	}{
		{1, 0, "", `{"c":true}`},
		{2, 0, "", `{"a":[{"b":"x"}],"c":true}`},
		{4, 1, "", `{"a":[1,{"b":null}],"c":true}`},
		{5, 2, `{"z":0}`, `{"a":[1,{"b":"x"}],"c":{"z":0}}`},
		{3, 4, "k", `{"a":[1,{"b":"x","k":"k"}],"c":true}`},
		{0, 6, "four", text[:4]},
		{0, 7, "<html>", "<html>"},
	} {
		if got := string(changeJSON(json.RawMessage(text), c.place, c.how, []byte(c.by))); got != c.want {
			t.Errorf("%s: got %s, want %s", fmt.Sprint(c.place, c.how), got, c.want)
		}
	}
}
