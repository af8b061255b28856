// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The keys of the English phrases; the phrases themselves are left out.
//
//go:embed phrase_keys.json
var phraseJSON string

var phraseKeys = sync.OnceValue(func() object {
	v, _ := decodeJSON([]byte(phraseJSON))
	keys, _ := v.(object)
	return keys
})

var customPhrases = &collection{
	name: "custom_phrases", singular: "custom_phrase",
	columns: []string{"tenantId", "id", "languageTag", "translation"},
	key:     []string{"languageTag"},
}

const languageTags = `af-ZA am-ET ar ar-AR as-IN az-AZ be-BY bg-BG bn-IN br-FR bs-BA ca-ES cb-IQ co-FR cs cs-CZ cx-PH
cy-GB da-DK de de-DE el-GR en en-GB en-US eo-EO es es-419 es-ES et-EE eu-ES fa-IR ff-NG fi fi-FI fo-FO fr fr-CA fr-FR fy-NL
ga-IE gl-ES gn-PY gu-IN ha-NG he-IL hi-IN hr-HR ht-HT hu-HU hy-AM id-ID ik-US is-IS it it-IT iu-CA ja ja-JP ja-KS jv-ID
ka-GE kk-KZ km-KH kn-IN ko ko-KR ku-TR ky-KG lo-LA lt-LT lv-LV mg-MG mk-MK ml-IN mn-MN mr-IN ms-MY mt-MT my-MM nb-NO
ne-NP nl nl-BE nl-NL nn-NO or-IN pa-IN pl-PL ps-AF pt pt-BR pt-PT ro-RO ru ru-RU rw-RW sc-IT si-LK sk-SK sl-SI sn-ZW
sq-AL sr-RS sv sv-SE sw-KE sy-SY sz-PL ta-IN te-IN tg-TJ th th-TH tl-PH tr tr-TR tt-RU tz-MA uk-UA ur-PK uz-UZ vi-VN zh
zh-CN zh-HK zh-MO zh-TW zz-TR`

const builtInLanguages = `ar cs de en es fa-IR fr it ja ko pl-PL pt-PT pt-BR ru th tr-TR uk-UA zh-CN zh-HK zh-TW`

var knownLanguages = sync.OnceValue(func() map[string]bool { return toSet(strings.Fields(strings.ToLower(languageTags))) })

// isLanguageTag knows the tags in any letter case.
func isLanguageTag(tag string) bool { return knownLanguages()[strings.ToLower(tag)] }

func languageTag() schema { return tagSchema{} }

// tagSchema makes a custom issue of whatever is no tag, a number as well.
type tagSchema struct{}

func (tagSchema) check(v any, at path, is *issues) (any, outcome) {
	tag, ok := v.(string)
	if !ok || !isLanguageTag(tag) {
		is.add(at, "custom", "Invalid input")
		return v, dirty
	}
	return tag, good
}

// languageSupported tells whether sign-in can fall back to a language.
func languageSupported(db *store, tag string) bool {
	return slices.Contains(strings.Fields(builtInLanguages), tag) || db.exists(customPhrases, tag)
}

// translationSchema is texts and, at any depth, objects of texts.
type translationSchema struct{}

func (s translationSchema) check(v any, at path, is *issues) (any, outcome) {
	return record(union(str(), s)).check(v, at, is)
}

// partOf tells whether all keys of a translation exist in the phrases.
func partOf(phrases, translation object) bool {
	return !slices.ContainsFunc(translation, func(m member) bool {
		switch whole := phrases.get(m.key).(type) {
		case object:
			part, ok := m.value.(object)
			return !ok || !partOf(whole, part)
		case string:
			_, ok := m.value.(string)
			return !ok
		}
		return true
	})
}

func phraseRoutes(r *routes) {
	r.get("/custom-phrases", func(c *call) (any, error) {
		rows := c.db.all(customPhrases)
		slices.SortFunc(rows, byText("languageTag"))
		return rows, nil
	})
	// Every path with a tag checks it first.
	tagged := func(h handler) handler {
		return func(c *call) (any, error) {
			if err := c.paramsInput(fields(required("languageTag", languageTag()))); err != nil {
				return nil, err
			}
			return h(c)
		}
	}
	r.get("/custom-phrases/{languageTag}", tagged(func(c *call) (any, error) {
		row, ok := c.db.find(customPhrases, c.param("languageTag"))
		if !ok {
			return nil, notFound()
		}
		return row, nil
	}))
	r.put("/custom-phrases/{languageTag}", 201, tagged(putPhrase))
	r.delete("/custom-phrases/{languageTag}", tagged(func(c *call) (any, error) {
		tag := c.param("languageTag")
		if signInExperience(c.db).obj("languageInfo").str("fallbackLanguage") == tag {
			return nil, fail(409, "localization.cannot_delete_default_language")
		}
		return nil, c.db.remove(customPhrases, tag)
	}))
}

// putPhrase answers 201 also when it replaces a phrase.
func putPhrase(c *call) (any, error) {
	body, err := c.input(translationSchema{})
	if err != nil {
		return nil, err
	}
	kept, _ := cleanDeep(body)
	translation, _ := kept.(object)
	if !partOf(phraseKeys(), translation) {
		return nil, fail(422, "localization.invalid_translation_structure")
	}
	tag := c.param("languageTag")
	values := object{{"translation", jsonb(translation)}}
	if c.db.exists(customPhrases, tag) {
		return c.db.update(customPhrases, values, tag)
	}
	return c.db.insert(customPhrases, values.with("languageTag", tag))
}
