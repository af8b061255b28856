// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"strings"
)

// checkPassword is POST /sign-in-exp/default/check-password. The look-up of leaked
// passwords needs the Internet, so it fails as on a server without.
func checkPassword(c *call) (any, error) {
	in, err := c.input(textShape("password userId?"))
	if err != nil {
		return nil, err
	}
	var user object
	if id := in.str("userId"); id != "" {
		var ok bool
		if user, ok = c.db.find(users, id); !ok {
			return nil, notFound()
		}
	}
	policy := passwordPolicyOf(signInExperience(c.db))
	if policy.obj("rejects").flag("pwned") {
		return nil, uncheckedPassword("fetch failed")
	}
	if policy.obj("rejects").flag("userInfo") && user == nil && in.str("password") != "" {
		return nil, uncheckedPassword("the user is needed to check for what is known about the user")
	}
	found := passwordIssues(policy, in.str("password"), user)
	if len(found) == 0 {
		return object{{"result", true}}, nil
	}
	c.status = 400
	return object{{"result", false}, {"issues", found}}, nil
}

func uncheckedPassword(reason string) error {
	e := invalidRequest(400, reason)
	e.data = object{{"message", reason}}
	return e
}

// passwordPolicyOf fills in the defaults of what the tenant leaves out.
func passwordPolicyOf(experience object) object {
	policy := object{{"length", object{}}, {"characterTypes", object{}}, {"rejects", object{}}}
	var is issues
	full, _ := passwordPolicySchema.check(policy.merge(experience.obj("passwordPolicy")), nil, &is)
	out, _ := full.(object)
	return out
}

func passwordIssues(policy object, password string, user object) []object {
	found := []object{}
	add := func(code string, interpolation ...member) {
		issue := object{{"code", "password_rejected." + code}}
		if len(interpolation) > 0 {
			issue = append(issue, member{"interpolation", object(interpolation)})
		}
		found = append(found, issue)
	}
	length, letters := policy.obj("length"), []rune(password)
	switch n := float64(len(letters)); {
	case n < length.num("min"):
		add("too_short", member{"min", length.num("min")})
	case n > length.num("max"):
		add("too_long", member{"max", length.num("max")})
	}
	kinds := map[string]bool{}
	for _, r := range letters {
		kinds[characterKind(r)] = true
	}
	least := policy.obj("characterTypes").num("min")
	switch {
	case kinds[""]:
		add("unsupported_characters")
	case float64(len(kinds)) < least:
		add("character_types", member{"min", least})
	}
	weak := make([]bool, len(letters))
	codes := []string{}
	for i := range letters {
		for _, rule := range weakStarts(policy.obj("rejects"), string(letters[i:]), user) {
			for j := i; j < min(i+rule.length, len(letters)); j++ {
				weak[j] = true
			}
			codes = append(codes, rule.code)
		}
	}
	count := len(filtered(weak, func(b bool) bool { return b }))
	if count > max(1, len(letters)-3) {
		for _, code := range distinct(codes) {
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
func weakStarts(rejects object, text string, user object) []weakStart {
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
	if rejects.flag("repetitionAndSequence") {
		n := len(text) - len(strings.TrimLeft(text, text[:1]))
		if n >= 3 {
			out = append(out, weakStart{"repetition", n})
		}
		if n := sequenceLength(text); n > 0 {
			out = append(out, weakStart{"sequence", n})
		}
	}
	longest("words", rejects.strs("words")...)
	if rejects.flag("userInfo") {
		mailbox, _, _ := strings.Cut(user.str("primaryEmail"), "@")
		words := append(strings.Split(user.str("name"), " "), user.str("name"),
			strings.Join(strings.Fields(user.str("name")), ""), user.str("username"), mailbox, user.str("primaryPhone"))
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
