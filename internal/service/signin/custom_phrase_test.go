// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var phraseLife = acctest.Lifecycle{
	Resource: "logto_custom_phrase.test",
	Minimal: `
resource "logto_custom_phrase" "test" {
  language_tag = "sv-SE"
  translation  = jsonencode({ action = { sign_in = "Logga in", nothing = "", next = "" }, input = {} })
}`,
	Full: `
resource "logto_custom_phrase" "test" {
  language_tag = "sv-SE"
  translation  = jsonencode({ input = { username = "Namn" }, action = { sign_in = "Kom in" } })
}`,
	Path:     "/api/custom-phrases/{language_tag}",
	Change:   map[string]any{"action": map[string]any{"sign_in": "Fel"}},
	ChangeBy: "PUT /api/custom-phrases/{language_tag}",
	ImportID: "{language_tag}",
	Drift: map[string]acctest.Outside{
		"translation": {Body: map[string]any{"action": map[string]any{"sign_in": "Fel"}}},
	},
	NotAdopted: "the language has texts already",
	ReadOnly:   []string{"id"},
	// The configuration may spell what an import cannot know.
	NotImported: []string{"translation"},
}

func TestAccCustomPhrase(t *testing.T) {
	life := phraseLife
	life.Minimal = strings.ReplaceAll(life.Minimal, `nothing = "", `, "")
	life.Run(t)
}

func TestAccCustomPhrase_faults(t *testing.T) {
	life := phraseLife
	life.Minimal = strings.ReplaceAll(life.Minimal, `nothing = "", `, "")
	life.Faults(t)
}

// A language that the sign-in experience falls back to cannot lose its texts;
// with a reference between the two everything happens in order.
func TestAccCustomPhrase_fallback(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/is-IS", nil) })
	const phrase = `
resource "logto_custom_phrase" "test" {
  language_tag = "is-IS"
  translation  = jsonencode({ action = { sign_in = "Innskrá" } })
}`
	fallback := func(to string) string {
		return "\nresource \"logto_sign_in_experience\" \"test\" {\n  language_info = { fallback_language = " + to + " }\n}"
	}
	console := func(tag string) func() {
		return func() {
			target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"languageInfo": map[string]any{"autoDetect": true, "fallbackLanguage": tag}})
		}
	}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: phrase + fallback("logto_custom_phrase.test.language_tag"), Check: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"is-IS"}`})},
			{Config: phrase},
			{PreConfig: console("is-IS"), Config: `data "logto_custom_phrases" "all" {}`, ExpectError: regexp.MustCompile(`(?s)cannot_delete_default_language.*-target.*create_before_destroy`)},
			{PreConfig: console("en"), Config: phrase},
			{Config: phrase + fallback("logto_custom_phrase.test.language_tag")},
		},
		CheckDestroy: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"en"}`}),
	})
}

// The texts of a language that Logto brings itself can go while the sign-in
// experience falls back to it, and come again; another language can be changed
// for one more.
func TestAccCustomPhrase_ofDefaultLanguage(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	t.Cleanup(func() {
		target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"languageInfo": map[string]any{"autoDetect": true, "fallbackLanguage": "fr"}})
		target.Do(t, http.MethodDelete, "/api/custom-phrases/en", nil)
	})
	phrase := func(tag string) string {
		return fmt.Sprintf(`
resource "logto_custom_phrase" "test" {
  language_tag = %q
  translation  = jsonencode({ action = { sign_in = "Log in", next = null } })
  lifecycle {
    create_before_destroy = true
  }
}`, tag)
	}
	const fallback = `
resource "logto_sign_in_experience" "test" {
  language_info = { fallback_language = logto_custom_phrase.test.language_tag }
}`
	texts := func(tag, want string) resource.TestCheckFunc {
		return has(t, target, "/api/custom-phrases/"+tag, map[string]string{"translation": want})
	}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: phrase("en"), Check: texts("en", `{"action":{"sign_in":"Log in"}}`)},
			{Config: `data "logto_custom_phrases" "all" {}`, Check: texts("en", `{"enabled":false}`)},
			{Config: phrase("en"), Check: texts("en", `{"action":{"sign_in":"Log in"}}`)},
			{Config: phrase("is-IS") + fallback},
			{Config: phrase("da-DK") + fallback, Check: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"da-DK"}`})},
			{Config: phrase("en") + fallback},
		},
		CheckDestroy: texts("en", `{"enabled":false}`),
	})
}

func TestAccCustomPhrase_invalid(t *testing.T) {
	target := alone(t)
	config := func(tag, translation string) string {
		return fmt.Sprintf("resource \"logto_custom_phrase\" \"test\" {\n  language_tag = %q\n  translation = %s\n}", tag, translation)
	}
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/nb-NO", nil) })
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("pt-br", `"{}"`), PlanOnly: true, ExpectError: regexp.MustCompile(`Did\s+you\s+mean\s+"pt-BR"\?\s+The\s+value\s+of\s+attribute\s+language_tag`)},
		{Config: config("nb-NO", `jsonencode({ action = { sign_in = 1 } })`), PlanOnly: true, ExpectError: regexp.MustCompile(`must\s+be\s+JSON\s+of\s+texts`)},
		{Config: config("nb-NO", `jsonencode(["x"])`), PlanOnly: true, ExpectError: regexp.MustCompile(`translation`)},
		{Config: config("nb-NO", `"{"`), PlanOnly: true, ExpectError: regexp.MustCompile(`translation`)},
		{Config: config("nb-NO", `jsonencode({ nonsense = "x" })`), ExpectError: regexp.MustCompile(`(?s)translation.*localization\.invalid_translation_structure`)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPut, "/api/custom-phrases/nb-NO", map[string]any{"action": map[string]any{"sign_in": "x"}})
			},
			Config: config("nb-NO", `jsonencode({ action = { sign_in = "y" } })`), ExpectError: regexp.MustCompile(`(?s)language_tag.*nb-NO\s+already`),
		},
		{
			PreConfig: func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/nb-NO", nil) },
			Config:    config("nb-NO", `jsonencode({ action = { sign_in = "" } })`), Check: has(t, target, "/api/custom-phrases/nb-NO", map[string]string{"translation": `{"enabled":false}`}),
		},
	}})
}
