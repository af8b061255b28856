// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// CustomPhrase is the texts of one language that take the place of Logto's own.
type CustomPhrase struct {
	LanguageTag string          `json:"languageTag"`
	Translation json.RawMessage `json:"translation"` // an object of texts and objects, without empty ones
}

// CustomPhraseInput is what can be written of a [CustomPhrase].
type CustomPhraseInput struct {
	Translation json.RawMessage `json:"translation"`
}

// CustomPhrases are the tenant's texts: /custom-phrases/{languageTag}.
type CustomPhrases struct{ c *Client }

// CustomPhrases are the tenant's texts.
func (c *Client) CustomPhrases() *CustomPhrases { return &CustomPhrases{c} }

var customPhrases = &source{
	listing: listing{path: path("custom-phrases"), known: "languageTag"},
	index: func(element json.RawMessage, put func(string, json.RawMessage)) error {
		var p CustomPhrase
		if err := json.Unmarshal(element, &p); err != nil {
			return err
		}
		put(p.LanguageTag, element)
		return nil
	},
}

func (s *CustomPhrases) path(tag string) string { return path("custom-phrases", tag) }

// Create writes the texts of a language that has none yet. The API would replace them
// without a word, so it is an [InputError] when it has any. It calls GET and PUT
// /custom-phrases/{tag}.
func (s *CustomPhrases) Create(ctx context.Context, key Key, in CustomPhraseInput) (*CustomPhrase, error) {
	defer s.c.locks.lock(s.path(key.ID()))()
	var there CustomPhrase
	err := s.c.do(ctx, s.request(http.MethodGet, key), &there)
	if err == nil && !equalJSON(there.Translation, noTexts) {
		return nil, &InputError{Issues: []Issue{{Path: []any{"languageTag"}, Message: fmt.Sprintf(
			"The tenant has custom phrases for %s already. Import them, or delete them first.", key.ID())}}}
	}
	if err != nil && !IsNotFound(err) {
		return nil, err
	}
	p, err := s.put(ctx, key, in)
	if isAmbiguous(err) {
		p = new(CustomPhrase)
		err = s.c.madeByPut(ctx, err, s.ask(key), in, p)
	}
	return p, err
}

var noTexts = json.RawMessage("{}")

func (s *CustomPhrases) put(ctx context.Context, key Key, in CustomPhraseInput) (*CustomPhrase, error) {
	p := new(CustomPhrase)
	r := s.request(http.MethodPut, key)
	r.body = in.Translation
	return p, s.c.do(ctx, r, p)
}

// ask is a GET that does not use what was read before.
func (s *CustomPhrases) ask(key Key) func(context.Context) (json.RawMessage, error) {
	return func(ctx context.Context) (object json.RawMessage, err error) {
		err = s.c.do(ctx, s.request(http.MethodGet, key), &object)
		return object, err
	}
}

func (s *CustomPhrases) request(method string, key Key) request {
	return request{method: method, path: s.path(key.ID()), is: map[string]string{"languageTag": key.ID()}, has: []string{"translation"}}
}

// Get returns the texts of a language. It calls GET /custom-phrases/{tag}.
func (s *CustomPhrases) Get(ctx context.Context, key Key) (*CustomPhrase, error) {
	object, err := s.c.read(ctx, customPhrases, key.ID(), func(ctx context.Context) (json.RawMessage, error) {
		return s.c.getShared(ctx, s.request(http.MethodGet, key))
	})
	if err != nil {
		return nil, err
	}
	return readAs(s.c, customPhrases.path, object, new(CustomPhrase))
}

// Update replaces the texts when they differ. It calls PUT /custom-phrases/{tag}.
func (s *CustomPhrases) Update(ctx context.Context, key Key, from, to CustomPhraseInput) (*CustomPhrase, error) {
	if equalJSON(from.Translation, to.Translation) {
		return s.Get(ctx, key)
	}
	return s.put(ctx, key, to)
}

// Delete deletes the texts of a language. The server refuses that for the fallback
// language of the sign-in experience, even for one that it brings texts for: the texts of
// such a language are emptied, which leaves the server's own. It calls DELETE
// /custom-phrases/{tag}, or GET and PUT /custom-phrases/{tag}.
func (s *CustomPhrases) Delete(ctx context.Context, key Key) error {
	err := s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key.ID())}, nil)
	if !HasCode(err, "localization.cannot_delete_default_language") || !hasTexts(key.ID()) {
		return err
	}
	// It refuses that also when there is nothing.
	if err := s.c.do(ctx, s.request(http.MethodGet, key), new(json.RawMessage)); err != nil {
		return err
	}
	_, err = s.put(ctx, key, CustomPhraseInput{Translation: noTexts})
	return err
}

// Search returns the texts of all languages; there are no filters. It calls GET
// /custom-phrases.
func (s *CustomPhrases) Search(ctx context.Context, _ []string, _ url.Values) ([]CustomPhrase, error) {
	return listOf[CustomPhrase](ctx, s.c, customPhrases.listing)
}
