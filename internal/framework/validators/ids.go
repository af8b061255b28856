// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// APIScopeID is an expression that gives the ID of a scope of an API resource.
const APIScopeID = `logto_api_resource.example.scopes["read:orders"].id`

// IDs allows sets of IDs. such is an expression that gives such an ID, for users who
// wrote a name.
func IDs(such string) validator.Set { return Each(IsID(such)) }

// IsID allows what can be an ID, and tells users who wrote a name how to get one.
// Logto makes IDs of letters, digits and hyphens.
func IsID(such string) validator.String {
	source, _, _ := strings.Cut(such, ".")
	return StringFunc(fmt.Sprintf("must be an ID and not a name: refer to it as in %s, or find it with the data source %s", such, source),
		func(s string) bool { return s != "" && !strings.ContainsAny(s, ": /\t\r\n") })
}
