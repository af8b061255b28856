// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"math"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// SchemePattern is the scheme at the beginning of a URL, with its colon.
var SchemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// IsURL tells whether the WHATWG parser would take the text, as far as it matters here.
func IsURL(text string) bool {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	scheme := strings.ToLower(SchemePattern.FindString(text))
	switch scheme {
	case "":
		return false
	case "http:", "https:", "ws:", "wss:", "ftp:":
		rest := strings.TrimLeft(text[len(scheme):], `/\`)
		host, _, _ := strings.Cut(rest, "/")
		if i := strings.IndexAny(host, `?#\`); i >= 0 {
			host = host[:i]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
		u, err := url.Parse("http://" + strings.ReplaceAll(host, "*", "x"))
		return err == nil && isHost(u.Hostname()) && isPort(u.Port())
	}
	return true
}

func isPort(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "" || err == nil && n <= math.MaxUint16
}

// isHost refuses what cannot be a host, such as a number at the end of what is no
// IPv4 address.
func isHost(host string) bool {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if _, err := strconv.Atoi(labels[len(labels)-1]); err == nil {
		_, err := netip.ParseAddr(strings.Join(labels, "."))
		return err == nil
	}
	return host != "" && !strings.ContainsAny(host, " <>^|%")
}
