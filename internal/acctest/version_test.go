// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for _, mark := range since.Marks() {
		target := StartOlder(t, mark.Version)
		for _, other := range since.Marks() {
			if got, want := target.AtLeast(t, other.Version), !since.Older(mark.Version, other.Version); got != want {
				t.Errorf("%s is at least %s: %t, want %t", mark.Version, other.Version, got, want)
			}
		}
	}
}
