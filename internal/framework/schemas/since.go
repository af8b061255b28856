// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// SinceOperation is the sentence, after a space, that says from which Logto on there is
// what an operation of the Management API, as "GET /api/configs/cimd", serves; empty
// for what every supported Logto has.
func SinceOperation(operation string) string {
	method, path, _ := strings.Cut(operation, " ")
	return sinceSentence(since.OfOperation(method, path))
}

// SinceSetting is the same for a key of the object at a path, or for values of the key.
func SinceSetting(path, key string, values ...string) string {
	return sinceSentence(since.OfSetting(path, key, values...))
}

// SinceValues is the sentence about values of a key that older Logtos do not know; empty
// when every supported Logto knows them.
func SinceValues(path, key string, values ...string) string {
	version := since.OfSetting(path, key, values...)
	if version == since.Oldest {
		return ""
	}
	verb := " needs"
	if len(values) > 1 {
		verb = " need"
	}
	return " `" + strings.Join(values, "`, `") + "`" + verb + " Logto " + version + " or later."
}

func sinceSentence(version string) string {
	if version == since.Oldest {
		return ""
	}
	return " Logto " + version + " or later is required."
}
