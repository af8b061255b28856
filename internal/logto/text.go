// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"regexp"
	"strings"
	"unicode"
)

// longestText is how many characters of a text of the server are shown.
const longestText = 500

// Printable is a text that somebody else made as it may be shown in a terminal:
// in one line, without control and formatting characters and without the
// password of a URL, and no longer than 500 characters.
func Printable(text string) string { return printable(text, longestText) }

func printable(text string, most int) string {
	if len(text) > 8*most { // so that a huge text is not gone through
		text = text[:8*most]
	}
	var b strings.Builder
	n := 0
	for _, r := range userinfo.ReplaceAllString(text, "$1") {
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !unicode.IsGraphic(r): // control and formatting characters, which turn text around or hide it
			continue
		}
		if n == most {
			b.WriteString("…")
			break
		}
		b.WriteRune(r)
		n++
	}
	return strings.TrimSpace(b.String())
}

// userinfo is what stands before the host in a URL.
var userinfo = regexp.MustCompile(`(://)[^/?#\s"']*@`)

// word is a text of the server that is a word, such as an error code, and
// nothing where it is another text.
func word(text string) string {
	if len(text) > 100 || !wordLike.MatchString(text) {
		return ""
	}
	return text
}

var wordLike = regexp.MustCompile(`^[A-Za-z0-9._:#-]*$`)
