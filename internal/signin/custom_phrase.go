// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var customPhrases = kit.New[customPhrase]("custom_phrase", customPhraseSchema, (*logto.Client).CustomPhrases, "language_tag")

var customPhraseSchema = schema.Schema{
	MarkdownDescription: "Texts of your own for the pages, in one language: in the place of some that Logto brings, or for a language that it has none for. " +
		"While the sign-in experience falls back to the language, Logto does not delete them: let `language_info.fallback_language` refer to this resource. " +
		"Of a language that Logto brings texts for, such as `en`, they are emptied then instead, which has the same effect.",
	Attributes: map[string]schema.Attribute{
		"language_tag": schema.StringAttribute{
			MarkdownDescription: "Tag of the language, spelled as `en`, `pt-BR` or `zh-CN`. Changing it replaces the resource; set `create_before_destroy` where the sign-in experience falls back to it.",
			Required:            true,
			Validators:          []validator.String{isLanguage()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"translation": schema.StringAttribute{
			MarkdownDescription: "The texts, as a JSON object: `jsonencode({ action = { sign_in = \"Log in\" } })`. Its keys are those of Logto's own English texts. " +
				"The whole of it: what is not listed is as Logto brings it. Texts that are empty or null count as not listed.",
			CustomType: kit.PrunedType{},
			Required:   true,
			Validators: []validator.String{kit.Rule("must be JSON of texts, with no numbers, lists or anything else among them", isTexts)},
		},
	},
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
	LanguageTag types.String `tfsdk:"language_tag"`
	Translation kit.Pruned   `tfsdk:"translation"`
}

func (m *customPhrase) Expand(context.Context) (logto.CustomPhraseInput, diag.Diagnostics) {
	return logto.CustomPhraseInput{Translation: m.Translation.JSON()}, nil
}

func (m *customPhrase) Flatten(_ context.Context, p *logto.CustomPhrase) diag.Diagnostics {
	m.LanguageTag = types.StringValue(p.LanguageTag)
	m.Translation = kit.PrunedValue(p.Translation)
	return nil
}
