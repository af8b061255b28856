// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var customPhrases = framework.Define[customPhrase]("custom_phrase", customPhraseSchema, (*logto.Client).CustomPhrases, "language_tag")

func customPhraseSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Custom phrases: texts of the sign-in pages in one language. They replace texts of Logto, or add a language that Logto does not support. " +
			"If Logto does not support the language, it does not delete the phrases while the sign-in experience falls back to it, and Terraform deletes them before it updates the sign-in experience. " +
			"Set `create_before_destroy = true` in the `lifecycle` block of such a resource from the start, and refer to its `language_tag` in `language_info.fallback_language`, so that Terraform updates the sign-in experience first. " +
			"Otherwise apply the change of the sign-in experience first, with `-target`.",
		Attributes: map[string]schema.Attribute{
			"language_tag": schemas.KeyAttribute("Tag of the language, such as `en`, `pt-BR` or `zh-CN`.", languages.OneOf()),
			"translation": schema.StringAttribute{
				MarkdownDescription: "Texts, as a JSON object. The keys are those of the English texts of Logto. Logto uses its own texts for other keys." +
					planmodifiers.ForResource("Write it with `jsonencode`, such as `jsonencode({ action = { sign_in = \"Log in\" } })`. Texts that are empty or null count as not set."),
				CustomType: customtypes.CompactJSONType{},
				Required:   true,
				Validators: []validator.String{validators.StringFunc("must be JSON of texts, with no numbers, lists or anything else among them", isTexts)},
			},
		},
	}
}

// isTexts allows objects of texts and of such objects. That the text is JSON at
// all is for the attribute's type to say.
func isTexts(s string) bool {
	var v any
	if json.Unmarshal([]byte(s), &v) != nil {
		return true
	}
	return areTexts(v)
}

func areTexts(v any) bool {
	switch v := v.(type) {
	case string, nil:
		return true
	case map[string]any:
		for _, inner := range v {
			if !areTexts(inner) {
				return false
			}
		}
		return true
	}
	return false
}

type customPhrase struct {
	LanguageTag types.String            `tfsdk:"language_tag"`
	Translation customtypes.CompactJSON `tfsdk:"translation"`
}

func (m *customPhrase) Expand(context.Context) (logto.CustomPhraseInput, diag.Diagnostics) {
	return logto.CustomPhraseInput{Translation: m.Translation.JSON()}, nil
}

func (m *customPhrase) Flatten(_ context.Context, p *logto.CustomPhrase) diag.Diagnostics {
	m.LanguageTag = types.StringValue(p.LanguageTag)
	m.Translation = customtypes.NewCompactJSONValue(p.Translation)
	return nil
}
