// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// The ways that are about single values: how long a text may be, and what an error shows
// of a wrong one.

// textLimits writes texts as long as they may be, in letters and in emoji, and
// expects one that is longer by a character to be refused.
func (w *ways) textLimits() {
	for _, name := range slices.Sorted(maps.Keys(w.schema.Attributes)) {
		most, ok := validators.LengthLimit(w.schema.Attributes[name])
		if !ok || w.schema.Attributes[name].IsWriteOnly() {
			continue
		}
		text := func(s string) tftypes.Value {
			return with(w.config, name, tftypes.NewValue(tftypes.String, s))
		}
		r := w.target.newRun(w.t)
		for _, s := range []string{strings.Repeat("x", most), strings.Repeat("🙂", most/2) + strings.Repeat("x", most%2)} {
			if r.validate(w.full.typeName, text(s)) != "" {
				continue // other rules allow no such text
			}
			if r.validate(w.full.typeName, text(s+"x")) == "" {
				w.t.Errorf("%s: a text that is too long by one is not refused (%.6s…)", name, s)
			}
			r = w.target.newRun(w.t)
			p := r.plan(w.full, text(s))
			if p.errors != "" || p.replaces || p.state.Equal(w.full.state) {
				continue
			}
			longest, problems := r.apply(w.full, text(s), p)
			if problems != "" {
				w.t.Errorf("%s with %d code units (%.6s…): %s", name, most, s, problems)
			}
			longest, problems = r.refresh(longest)
			if problems != "" {
				w.t.Errorf("%s with %d code units (%.6s…) cannot be read: %s", name, most, s, problems)
			}
			if w.full, problems = w.target.newRun(w.t).change(longest, w.config); problems != "" {
				w.t.Fatalf("%s back to what it was: %s", name, problems)
			}
		}
	}
}

// wrongAndSensitive gives every attribute a value that is likely to be wrong.
// People may have declared it sensitive, so no error may show it.
func (w *ways) wrongAndSensitive() {
	const marker, number = "§wrong§", 918273645
	wrong := func(kind tftypes.Type) []tftypes.Value {
		text := tftypes.NewValue(tftypes.String, marker)
		switch {
		case kind.Is(tftypes.String):
			return []tftypes.Value{text, tftypes.NewValue(tftypes.String, `["`+marker+`"]`), tftypes.NewValue(tftypes.String, strings.Repeat(marker, 500))}
		case kind.Is(tftypes.Number):
			return []tftypes.Value{tftypes.NewValue(tftypes.Number, number), tftypes.NewValue(tftypes.Number, -number)}
		case kind.Equal(tftypes.List{ElementType: tftypes.String}), kind.Equal(tftypes.Set{ElementType: tftypes.String}):
			return []tftypes.Value{tftypes.NewValue(kind, []tftypes.Value{text})}
		case kind.Equal(tftypes.Map{ElementType: tftypes.String}):
			return []tftypes.Value{tftypes.NewValue(kind, map[string]tftypes.Value{"key": text})}
		}
		return nil
	}
	r := w.target.newRun(w.t)
	for _, name := range names(w.config, "") {
		given, _ := get(w.config, name)
		for _, v := range wrong(given.Type()) {
			if problems := r.validate(w.full.typeName, with(w.config, name, v)); strings.Contains(problems, marker) || strings.Contains(problems, fmt.Sprint(number)) {
				w.t.Errorf("the error for a wrong %s shows its value: %s", name, problems)
			}
		}
	}
}

// names are the attributes of an object, nested ones as "outer.inner".
func names(object tftypes.Value, under string) (all []string) {
	for name, v := range members(object) {
		all = append(all, under+name)
		if v.Type().Is(tftypes.Object{}) {
			all = append(all, names(v, under+name+".")...)
		}
	}
	slices.Sort(all)
	return all
}
