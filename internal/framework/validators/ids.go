// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// IDs allows sets of IDs. such is an expression that gives such an ID, for those who
// wrote a name.
func IDs(such string) validator.Set {
	return setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1), IsID(such))
}

// IsID allows what can be an ID, and tells who wrote a name how to get one. Logto
// makes IDs of letters, digits and hyphens.
func IsID(such string) validator.String {
	return StringFunc("must be an ID and not a name, such as "+such+"; the data source of that type finds an ID by its name",
		func(s string) bool { return !strings.ContainsAny(s, ": /\t\r\n") })
}
