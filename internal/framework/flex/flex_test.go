// SPDX-License-Identifier: MPL-2.0

package flex

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// An empty text is the same as none, whichever of the two Logto stores.
func TestNonEmptyValue(t *testing.T) {
	t.Parallel()
	empty, text := "", "text"
	none := types.StringNull()
	for _, c := range []struct {
		was      types.String
		answered *string
		want     types.String
	}{
		{none, nil, none},
		{none, &empty, none},
		{types.StringValue(""), nil, types.StringValue("")},
		{types.StringValue(""), &empty, types.StringValue("")},
		{types.StringValue("was"), nil, none},
		{types.StringValue("was"), &empty, none},
		{none, &text, types.StringValue("text")},
		{types.StringValue(""), &text, types.StringValue("text")},
	} {
		if got := NonEmptyValue(c.was, c.answered); !got.Equal(c.want) {
			t.Errorf("was %s, answered %v: %s, want %s", c.was, c.answered, got, c.want)
		}
	}
}
