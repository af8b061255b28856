// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"regexp"
	"strings"
)

var browserOrigin = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://([a-z0-9._~-]+|\[[0-9a-f:.]+\])(:[0-9]+)?$`)

// OriginProblem says why no browser sends the text as its origin, or is "". It
// continues "the origin …".
func OriginProblem(origin string) string {
	switch {
	case origin == "" || origin == "null": // not known yet, and the origin of a sandboxed page
		return ""
	case strings.Contains(origin, "*"):
		return "has a *, which is taken literally"
	case browserOrigin.MatchString(origin):
		for scheme, port := range map[string]string{"http://": ":80", "https://": ":443"} {
			if strings.HasPrefix(origin, scheme) && strings.HasSuffix(origin, port) {
				return "names the port that its scheme has anyway"
			}
		}
		return ""
	case browserOrigin.MatchString(strings.ToLower(origin)):
		return "has capital letters"
	case browserOrigin.MatchString(strings.ToLower(origin[:upToPath(origin)])):
		return "has a path"
	}
	return "is no origin"
}

// upToPath is the index of the first / ? or # after the host of a URL, or its end.
func upToPath(url string) int {
	before, after, ok := strings.Cut(url, "://")
	if !ok {
		return len(url)
	}
	if end := strings.IndexAny(after, "/?#"); end >= 0 {
		after = after[:end]
	}
	return len(before) + len("://") + len(after)
}
