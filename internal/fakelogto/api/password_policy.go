// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// checkPassword is POST /sign-in-exp/default/check-password. The look-up of leaked
// passwords needs the Internet, so it fails as on a server without.
func checkPassword(c *engine.Context) (any, error) {
	in, err := c.Input(textShape("password userId?"))
	if err != nil {
		return nil, err
	}
	var user engine.Object
	if id := in.Str("userId"); id != "" {
		var ok bool
		if user, ok = c.DB.Find(users, id); !ok {
			return nil, engine.NotFound()
		}
	}
	policy := passwordPolicyOf(signInExperience(c.DB))
	if policy.Obj("rejects").Flag("pwned") {
		return nil, uncheckedPassword("fetch failed")
	}
	if policy.Obj("rejects").Flag("userInfo") && user == nil && in.Str("password") != "" {
		return nil, uncheckedPassword("the user is needed to check for what is known about the user")
	}
	found := passwordIssues(policy, in.Str("password"), user)
	if len(found) == 0 {
		return engine.Object{{"result", true}}, nil
	}
	c.Status = 400
	return engine.Object{{"result", false}, {"issues", found}}, nil
}

func uncheckedPassword(reason string) error {
	e := engine.InvalidRequest(400, reason)
	e.Data = engine.Object{{"message", reason}}
	return e
}

// passwordPolicyOf fills in the defaults of what the tenant leaves out.
func passwordPolicyOf(experience engine.Object) engine.Object {
	policy := engine.Object{{"length", engine.Object{}}, {"characterTypes", engine.Object{}}, {"rejects", engine.Object{}}}
	var is engine.Issues
	full, _ := passwordPolicySchema.Check(policy.Merge(experience.Obj("passwordPolicy")), nil, &is)
	out, _ := full.(engine.Object)
	return out
}

func passwordIssues(policy engine.Object, password string, user engine.Object) []engine.Object {
	found := []engine.Object{}
	add := func(code string, interpolation ...engine.Member) {
		issue := engine.Object{{"code", "password_rejected." + code}}
		if len(interpolation) > 0 {
			issue = append(issue, engine.Member{"interpolation", engine.Object(interpolation)})
		}
		found = append(found, issue)
	}
	length, letters := policy.Obj("length"), []rune(password)
	switch n := float64(len(letters)); {
	case n < length.Num("min"):
		add("too_short", engine.Member{"min", length.Num("min")})
	case n > length.Num("max"):
		add("too_long", engine.Member{"max", length.Num("max")})
	}
	kinds := map[string]bool{}
	for _, r := range letters {
		kinds[characterKind(r)] = true
	}
	least := policy.Obj("characterTypes").Num("min")
	switch {
	case kinds[""]:
		add("unsupported_characters")
	case float64(len(kinds)) < least:
		add("character_types", engine.Member{"min", least})
	}
	weak := make([]bool, len(letters))
	codes := []string{}
	for i := range letters {
		for _, rule := range weakStarts(policy.Obj("rejects"), string(letters[i:]), user) {
			for j := i; j < min(i+rule.length, len(letters)); j++ {
				weak[j] = true
			}
			codes = append(codes, rule.code)
		}
	}
	count := len(engine.Filter(weak, func(b bool) bool { return b }))
	if count > max(1, len(letters)-3) {
		for _, code := range engine.Distinct(codes) {
			add("restricted." + code)
		}
	}
	return found
}

func characterKind(r rune) string {
	switch {
	case r >= 'a' && r <= 'z':
		return "lowercase"
	case r >= 'A' && r <= 'Z':
		return "uppercase"
	case r >= '0' && r <= '9':
		return "digits"
	case r >= ' ' && r <= '~':
		return "symbols"
	}
	return ""
}

type weakStart struct {
	code   string
	length int
}

// weakStarts tells which rules the beginning of a text breaks, and for how long.
func weakStarts(rejects engine.Object, text string, user engine.Object) []weakStart {
	var out []weakStart
	lower := strings.ToLower(text)
	longest := func(code string, words ...string) {
		best := 0
		for _, word := range words {
			if word != "" && strings.HasPrefix(lower, strings.ToLower(word)) {
				best = max(best, len(word))
			}
		}
		if best > 0 {
			out = append(out, weakStart{code, best})
		}
	}
	if rejects.Flag("repetitionAndSequence") {
		n := len(text) - len(strings.TrimLeft(text, text[:1]))
		if n >= 3 {
			out = append(out, weakStart{"repetition", n})
		}
		if n := sequenceLength(text); n > 0 {
			out = append(out, weakStart{"sequence", n})
		}
	}
	longest("words", rejects.Strs("words")...)
	if rejects.Flag("userInfo") {
		mailbox, _, _ := strings.Cut(user.Str("primaryEmail"), "@")
		words := append(strings.Split(user.Str("name"), " "), user.Str("name"),
			strings.Join(strings.Fields(user.Str("name")), ""), user.Str("username"), mailbox, user.Str("primaryPhone"))
		longest("user_info", words...)
	}
	return out
}

// sequenceLength is how much of a run along the alphabet, the digits or the
// keyboard, forwards or backwards, a text begins with; 0 for less than three.
func sequenceLength(text string) int {
	const rows = "0123456789 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 8ik 9ol"
	best := 0
	for row := range strings.FieldsSeq(rows + " " + strings.ToUpper(rows)) {
		for _, step := range []int{1, -1} {
			at, n := strings.IndexByte(row, text[0]), 1
			for at >= 0 && n < len(text) && at+step*n >= 0 && at+step*n < len(row) && row[at+step*n] == text[n] {
				n++
			}
			if at >= 0 && n >= 3 {
				best = max(best, n)
			}
		}
	}
	return best
}
