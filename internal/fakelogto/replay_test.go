// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/api"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// What two servers may differ in: times, what a server makes up (IDs, secrets, keys,
// fingerprints), and the texts that the recordings leave out.
var (
	timeKeys = []string{
		"createdAt", "updatedAt", "expiresAt", "lastSignInAt", "effectiveAt", "iat", "exp", "enabledAt",
	}
	textKeys = []string{
		"message", "details", "readme", "logo", "logoDark", "providerLogo", "providerLogoDark", "description_i18n",
	}
	madeUp      = regexp.MustCompile(`^(pat_|sub_)?[0-9A-Za-z_-]{12,128}$`)
	hasDigit    = regexp.MustCompile(`\d`)
	fingerprint = regexp.MustCompile(`^[0-9A-F]{2}(:[0-9A-F]{2})+$`)
	aFormItem   = regexp.MustCompile(`\.formItems\[\d+\]$`)
)

// names maps what the recorded server made up to what the server under test did.
type names struct {
	known map[string]string
	long  []string // those that also stand inside other texts, the longest first
}

func (n *names) learn(want, got string) {
	if _, ok := n.known[want]; ok {
		return
	}
	n.known[want] = got
	if len(want) >= 12 {
		n.long = append(n.long, want)
		slices.SortStableFunc(n.long, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	}
}

// compareNames learns from an answer: what stands at the same place is the same thing.
func (n *names) compareNames(want, got any) {
	switch want := want.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if value, ok := got[key]; ok && !slices.Contains(timeKeys, key) {
				n.compareNames(want[key], value)
			}
		}
	case []any:
		if got, _ := got.([]any); len(want) == 1 && len(got) == 1 {
			n.compareNames(want[0], got[0])
		}
	case string:
		if got, ok := got.(string); ok && want != got && madeUp.MatchString(want) && madeUp.MatchString(got) {
			n.learn(want, got)
		}
	}
}

// apply puts the names of the server under test in the place of the recorded ones.
func (n *names) apply(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[n.text(key)] = n.apply(value)
		}
		return out
	case []any:
		return engine.Map(v, n.apply)
	case string:
		return n.text(v)
	}
	return v
}

func (n *names) text(s string) string {
	if known, ok := n.known[s]; ok {
		return known
	}
	for _, old := range n.long {
		s = strings.ReplaceAll(s, old, n.known[old])
	}
	return s
}

// differences lists where an answer is not what was recorded, a line each.
type differences []string

func (d *differences) add(path, format string, a ...any) {
	line := path + ": " + fmt.Sprintf(format, a...)
	if len(line) > 300 {
		line = line[:300] + "…"
	}
	*d = append(*d, line)
}

func (d *differences) want(path string, want, got any) {
	d.add(path, "want %s, got %s", inJSON(want), inJSON(got))
}

func inJSON(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // what came from JSON can be encoded
	return strings.TrimSpace(b.String())
}

func (d *differences) compare(want, got any, path string) {
	key := path[strings.LastIndexByte(path, '.')+1:]
	if slices.Contains(textKeys, key) {
		return
	}
	if slices.Contains(timeKeys, key) {
		if fmt.Sprintf("%T", want) != fmt.Sprintf("%T", got) {
			d.want(path, want, got)
		}
		return
	}
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			d.compareObjects(want, got, path)
			return
		}
	case []any:
		if got, ok := got.([]any); ok {
			d.compareLists(want, got, path)
			return
		}
	case string:
		if got, ok := got.(string); ok {
			if !alike(want, got) {
				d.want(path, want, got)
			}
			return
		}
	}
	if inJSON(want) != inJSON(got) {
		d.want(path, want, got)
	}
}

// alike compares texts; two that are made up need the same length only. A text of Logto's
// own is not recorded.
func alike(want, got string) bool {
	bothMadeUp := madeUp.MatchString(want) && madeUp.MatchString(got) && hasDigit.MatchString(want) ||
		fingerprint.MatchString(want) && fingerprint.MatchString(got)
	return want == got || want == api.AnyText || strings.HasPrefix(want, "-----BEGIN") || bothMadeUp && len(want) == len(got)
}

func (d *differences) compareObjects(want, got map[string]any, path string) {
	left := leftOut(want, path)
	keys := maps.Clone(want)
	maps.Copy(keys, got)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if slices.Contains(textKeys, key) || slices.Contains(left, key) {
			continue
		}
		wanted, isWanted := want[key]
		value, isThere := got[key]
		switch at := path + "." + key; {
		case !isThere:
			d.add(at, "missing")
		case !isWanted:
			d.add(at, "unexpected %s", inJSON(value))
		default:
			d.compare(wanted, value, at)
		}
	}
}

// leftOut are the keys of an object whose texts are not recorded: those of connector
// factories, their form items and SSO providers.
func leftOut(want map[string]any, path string) []string {
	if aFormItem.MatchString(path) {
		keys := []string{"description", "placeholder", "tooltip"}
		if want["defaultValue"] == "" {
			keys = append(keys, "defaultValue")
		}
		return keys
	}
	for _, key := range []string{"formItems", "readme", "providerType", "configTemplate"} {
		if _, ok := want[key]; ok {
			return []string{"description", "configTemplate"}
		}
	}
	return nil
}

// compareLists takes lists without an order. The tenant may hold more objects than
// the recorded one did, so each one that was recorded is compared with the nearest.
func (d *differences) compareLists(want, got []any, path string) {
	isObject := func(v any) bool { _, ok := v.(map[string]any); return ok }
	if len(want) == 0 || len(engine.Filter(want, isObject)) != len(want) {
		sorted := func(list []any) []string {
			texts := engine.Map(list, inJSON)
			slices.Sort(texts)
			return texts
		}
		if !slices.Equal(sorted(want), sorted(got)) {
			d.want(path, want, got)
		}
		return
	}
	got = slices.Clone(got)
	for i, wanted := range want {
		at := fmt.Sprintf("%s[%d]", path, i)
		best, fewest := -1, differences(nil)
		for j, candidate := range got {
			var trial differences
			trial.compare(wanted, candidate, at)
			if best < 0 || len(trial) < len(fewest) {
				best, fewest = j, trial
			}
		}
		if best < 0 {
			d.add(at, "missing")
			continue
		}
		*d = append(*d, fewest...)
		got = slices.Delete(got, best, best+1)
	}
}

// ofErrors compares error answers: the code, and the issues of a body that is not valid.
func (d *differences) ofErrors(want map[string]any, body any) {
	got, ok := body.(map[string]any)
	if !ok {
		d.add("body", "no JSON object")
		return
	}
	if want["code"] != got["code"] {
		d.want("code", want["code"], got["code"])
	}
	if w, g := issuesOf(want), issuesOf(got); !slices.Equal(w, g) {
		d.want("issues", w, g)
	}
}

func issuesOf(body map[string]any) []string {
	data, _ := body["data"].(map[string]any)
	list, _ := data["issues"].([]any)
	out := engine.Map(list, func(v any) string {
		issue, _ := v.(map[string]any)
		keys, _ := issue["path"].([]any)
		return fmt.Sprint(issue["code"]) + " at " + strings.Join(engine.Map(keys, func(key any) string { return fmt.Sprint(key) }), ".")
	})
	slices.Sort(out)
	return out
}
