// SPDX-License-Identifier: MPL-2.0

// Package since knows what the Management API has only from some Logto version on:
// operations, settings, and values of settings.
package since

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Oldest is the oldest Logto that the provider supports, Newest the newest that it
// knows. What the tables do not name, Oldest has too.
const (
	Oldest = "1.37"
	Newest = "1.43"
)

// Operation is an operation of the Management API, as "GET /api/configs/cimd". An
// older Logto answers 404 in text/plain, or what it serves at a path with a
// parameter that matches: GET /api/configs/oidc/session is 400 to Logto 1.37.
type Operation struct {
	Since     string
	Operation string
}

// Setting is a key of an object, or values of a key.
type Setting struct {
	Since string
	// Path is that of the object, as "/api/applications/{id}". The setting is in the
	// requests and answers of the path and of the list that holds the object. An empty
	// path stands for all answers.
	Path string
	// Key is the path to the key in the object, with dots. A list is passed through.
	Key string
	// Values are what is new; nil stands for the key itself.
	Values []string
	// Shown is the version from which answers have the key already, with its default.
	// Empty is Since.
	Shown string
	// Refused is set when a Logto that shows the key, or whose body takes no unknown
	// keys or values, answers 400 guard.invalid_input. Else the setting is dropped.
	Refused bool
}

// OfOperation returns the version from which Logto has the operation of a method
// and a path, as "GET" and "/api/configs/cimd". Parameters of the path may have
// names or values. The version is Oldest when every supported Logto has it.
func OfOperation(method, path string) string {
	for _, o := range Operations() {
		if pattern, found := strings.CutPrefix(o.Operation, method+" "); found && matches(pattern, path) {
			return o.Since
		}
	}
	return Oldest
}

// OfSetting returns the version from which Logto has a key of the object at a path,
// or Oldest. With a value, it is the version that knows the value.
func OfSetting(path, key string, value ...string) string {
	version := Oldest
	for _, s := range Settings() {
		isValue := func(v string) bool { return slices.Contains(value, v) }
		if s.Key == key && s.At(path) && (s.Values == nil || slices.ContainsFunc(s.Values, isValue)) && Older(version, s.Since) {
			version = s.Since
		}
	}
	return version
}

// OfAttribute returns the version from which Logto has the setting that a Terraform
// attribute, as "is_device_flow" or "mfa_enabled", is named after, or Oldest.
func OfAttribute(name string) string {
	for _, s := range Settings() {
		dot := strings.LastIndexByte(s.Key, '.')
		joined := dot > 0 && strings.ReplaceAll(AttributeName(s.Key), ".", "_") == name
		if s.Values == nil && (joined || s.Configured() && AttributeName(s.Key[dot+1:]) == name) {
			return s.Since
		}
	}
	return Oldest
}

// Configured reports whether the setting is of what an administrator configures, and
// not of a user, a token or a key.
func (s Setting) Configured() bool {
	for _, path := range []string{"/api/applications", "/api/account-center", "/api/sign-in-exp", "/api/sso-connectors", "/api/configs/jwt-customizer"} {
		if strings.HasPrefix(s.Path, path) {
			return true
		}
	}
	return false
}

// AttributeName is a key of the API as a Terraform attribute is named.
func AttributeName(key string) string {
	var b strings.Builder
	for i, r := range key {
		if unicode.IsUpper(r) {
			if i > 0 {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// At reports whether requests and answers of a path have the setting: that of the
// object, or that of the list that holds the object.
func (s Setting) At(path string) bool {
	if s.Path == "" || matches(s.Path, path) {
		return true
	}
	i := strings.LastIndexByte(s.Path, '/')
	return isParameter(s.Path[i+1:]) && matches(s.Path[:i], path)
}

// Older reports whether a version is older than another. Both are as "1.43"; what
// follows, as in "1.43.1", does not count.
func Older(a, b string) bool { return number(a) < number(b) }

// number is the version as a number, 1043 for "1.43".
func number(version string) int {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	x, _ := strconv.Atoi(major) // what is no number counts as the oldest of all
	y, _ := strconv.Atoi(minor)
	return x*1000 + y
}

// matches compares paths segment by segment; a parameter stands for any segment.
func matches(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !isParameter(want[i]) {
			return false
		}
	}
	return true
}

func isParameter(segment string) bool { return strings.HasPrefix(segment, "{") }
