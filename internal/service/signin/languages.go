// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// languages are the tags that Logto knows. They must be spelled as here: Logto takes
// them in any letter case and keeps two spellings apart.
var languages = validators.Enum(logto.LanguageTags())
