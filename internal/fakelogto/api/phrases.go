// SPDX-License-Identifier: MPL-2.0

package api

import (
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The keys of the English phrases; the phrases themselves are left out.
//
//go:embed phrase_keys.json
var phraseJSON string

var phraseKeys = sync.OnceValue(func() engine.Object {
	v, _ := engine.DecodeJSON([]byte(phraseJSON))
	keys, _ := v.(engine.Object)
	return keys
})

var customPhrases = &engine.Collection{
	Name: "custom_phrases", Singular: "custom_phrase",
	Columns: []string{"tenantId", "id", "languageTag", "translation"},
	Key:     []string{"languageTag"},
}

const languageTags = `af-ZA am-ET ar ar-AR as-IN az-AZ be-BY bg-BG bn-IN br-FR bs-BA ca-ES cb-IQ co-FR cs cs-CZ cx-PH
cy-GB da-DK de de-DE el-GR en en-GB en-US eo-EO es es-419 es-ES et-EE eu-ES fa-IR ff-NG fi fi-FI fo-FO fr fr-CA fr-FR fy-NL
ga-IE gl-ES gn-PY gu-IN ha-NG he-IL hi-IN hr-HR ht-HT hu-HU hy-AM id-ID ik-US is-IS it it-IT iu-CA ja ja-JP ja-KS jv-ID
ka-GE kk-KZ km-KH kn-IN ko ko-KR ku-TR ky-KG lo-LA lt-LT lv-LV mg-MG mk-MK ml-IN mn-MN mr-IN ms-MY mt-MT my-MM nb-NO
ne-NP nl nl-BE nl-NL nn-NO or-IN pa-IN pl-PL ps-AF pt pt-BR pt-PT ro-RO ru ru-RU rw-RW sc-IT si-LK sk-SK sl-SI sn-ZW
sq-AL sr-RS sv sv-SE sw-KE sy-SY sz-PL ta-IN te-IN tg-TJ th th-TH tl-PH tr tr-TR tt-RU tz-MA uk-UA ur-PK uz-UZ vi-VN zh
zh-CN zh-HK zh-MO zh-TW zz-TR`

const builtInLanguages = `ar cs de en es fa-IR fr it ja ko pl-PL pt-PT pt-BR ru th tr-TR uk-UA zh-CN zh-HK zh-TW`

var knownLanguages = sync.OnceValue(func() map[string]bool { return engine.ToSet(strings.Fields(strings.ToLower(languageTags))) })

// isLanguageTag knows the tags in any letter case.
func isLanguageTag(tag string) bool { return knownLanguages()[strings.ToLower(tag)] }

func languageTag() engine.Schema { return tagSchema{} }

// tagSchema makes a custom issue of whatever is no tag, a number as well.
type tagSchema struct{}

func (tagSchema) Check(v any, at engine.Path, is *engine.Issues) (any, engine.Outcome) {
	tag, ok := v.(string)
	if !ok || !isLanguageTag(tag) {
		is.Add(at, "custom", "Invalid input")
		return v, engine.Dirty
	}
	return tag, engine.Good
}

// languageSupported tells whether sign-in can fall back to a language.
func languageSupported(db *engine.Store, tag string) bool {
	return slices.Contains(strings.Fields(builtInLanguages), tag) || db.Exists(customPhrases, tag)
}

// translationSchema is texts and, at any depth, objects of texts.
type translationSchema struct{}

func (s translationSchema) Check(v any, at engine.Path, is *engine.Issues) (any, engine.Outcome) {
	return engine.Record(engine.Union(engine.String(), s)).Check(v, at, is)
}

// partOf tells whether all keys of a translation exist in the phrases.
func partOf(phrases, translation engine.Object) bool {
	return !slices.ContainsFunc(translation, func(m engine.Member) bool {
		switch whole := phrases.Get(m.Key).(type) {
		case engine.Object:
			part, ok := m.Value.(engine.Object)
			return !ok || !partOf(whole, part)
		case string:
			_, ok := m.Value.(string)
			return !ok
		}
		return true
	})
}

func phraseRoutes(r *engine.Routes) {
	r.Get("/custom-phrases", func(c *engine.Context) (any, error) {
		rows := c.DB.All(customPhrases)
		slices.SortFunc(rows, engine.ByText("languageTag"))
		return rows, nil
	})
	// Every path with a tag checks it first.
	tagged := func(h engine.Handler) engine.Handler {
		return func(c *engine.Context) (any, error) {
			if err := c.ParamsInput(engine.Fields(engine.Required("languageTag", languageTag()))); err != nil {
				return nil, err
			}
			return h(c)
		}
	}
	r.Get("/custom-phrases/{languageTag}", tagged(func(c *engine.Context) (any, error) {
		row, ok := c.DB.Find(customPhrases, c.Param("languageTag"))
		if !ok {
			return nil, engine.NotFound()
		}
		return row, nil
	}))
	r.Put("/custom-phrases/{languageTag}", 201, tagged(putPhrase))
	r.Delete("/custom-phrases/{languageTag}", tagged(func(c *engine.Context) (any, error) {
		tag := c.Param("languageTag")
		if signInExperience(c.DB).Obj("languageInfo").Str("fallbackLanguage") == tag {
			return nil, engine.Fail(409, "localization.cannot_delete_default_language")
		}
		return nil, c.DB.Remove(customPhrases, tag)
	}))
}

// putPhrase answers 201 also when it replaces a phrase.
func putPhrase(c *engine.Context) (any, error) {
	body, err := c.Input(translationSchema{})
	if err != nil {
		return nil, err
	}
	kept, _ := cleanDeep(body)
	translation, _ := kept.(engine.Object)
	if !partOf(phraseKeys(), translation) {
		return nil, engine.Fail(422, "localization.invalid_translation_structure")
	}
	tag := c.Param("languageTag")
	values := engine.Object{{"translation", engine.JSONB(translation)}}
	if c.DB.Exists(customPhrases, tag) {
		return c.DB.Update(customPhrases, values, tag)
	}
	return c.DB.Insert(customPhrases, values.With("languageTag", tag))
}
