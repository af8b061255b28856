// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// IsJSONObject allows JSON objects only. That the text is JSON at all is for
// the attribute's type to say.
func IsJSONObject() validator.String {
	return StringFunc(isObject, func(s string) bool { return !json.Valid([]byte(s)) || startsObject(s) })
}

// IsSecretJSONObject allows JSON objects only, and its error does not show the text.
func IsSecretJSONObject() validator.String {
	return StringFunc(isObject, func(s string) bool { return json.Valid([]byte(s)) && startsObject(s) })
}

const isObject = "must be a JSON object, such as jsonencode({ key = \"value\" })"

func startsObject(s string) bool { return strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "{") }
