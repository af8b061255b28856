// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// isLanguage allows the tags that Logto knows, as they are spelled: it takes them
// in any letter case and keeps two spellings apart.
func isLanguage() validator.String {
	known := logto.LanguageTags()
	return validators.StringFunc("must be the tag of a language that Logto knows, spelled as en, pt-BR or zh-CN", func(s string) bool {
		return slices.Contains(known, s)
	})
}
