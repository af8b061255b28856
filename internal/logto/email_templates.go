// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// EmailTemplate is what an email of one type says in one language.
type EmailTemplate struct {
	ID           string               `json:"id"`
	LanguageTag  string               `json:"languageTag"`
	TemplateType string               `json:"templateType"`
	Details      EmailTemplateDetails `json:"details"`
	CreatedAt    int64                `json:"createdAt"` // milliseconds since 1970
}

// EmailTemplateDetails are what an email says, and how it is sent.
type EmailTemplateDetails struct {
	Subject     string  `json:"subject"`
	Content     string  `json:"content"`
	ContentType *string `json:"contentType,omitempty"` // text/html or text/plain
	ReplyTo     *string `json:"replyTo,omitempty"`
	SendFrom    *string `json:"sendFrom,omitempty"`
}

// EmailTemplates are the tenant's email templates, by language and type:
// /email-templates.
type EmailTemplates struct{ c *Client }

// EmailTemplates are the tenant's email templates.
func (c *Client) EmailTemplates() *EmailTemplates { return &EmailTemplates{c} }

var emailTemplates = &source{
	listing: listing{path: path("email-templates")},
	index: func(element json.RawMessage, put func(string, json.RawMessage)) error {
		var t EmailTemplate
		if err := json.Unmarshal(element, &t); err != nil {
			return err
		}
		put(t.LanguageTag+"/"+t.TemplateType, element)
		return nil
	},
}

// Create writes a template that does not exist yet. The API would replace one without a
// word, so it is an [InputError] when there is one. It calls GET and PUT /email-templates.
func (s *EmailTemplates) Create(ctx context.Context, key Key, in EmailTemplateDetails) (*EmailTemplate, error) {
	defer s.c.locks.lock(emailTemplates.path + path(key...))()
	_, err := s.find(ctx, key)
	if err == nil {
		return nil, &InputError{Issues: []Issue{{Path: []any{"templateType"}, Message: fmt.Sprintf(
			"The tenant has a template for %s in the language %s already. Import it as %s/%s, or delete it first.", key[1], key[0], key[0], key[1])}}}
	}
	if !IsNotFound(err) {
		return nil, err
	}
	t, err := s.put(ctx, key, in)
	if isAmbiguous(err) {
		t = new(EmailTemplate)
		find := func(ctx context.Context) (json.RawMessage, error) { return s.find(ctx, key) }
		err = s.c.madeByPut(ctx, err, find, map[string]any{"details": in}, t)
	}
	return t, err
}

// put writes a template: PUT /email-templates, which takes several.
func (s *EmailTemplates) put(ctx context.Context, key Key, details any) (*EmailTemplate, error) {
	body := map[string]any{"templates": []any{map[string]any{"languageTag": key[0], "templateType": key[1], "details": details}}}
	var written []EmailTemplate
	if err := s.c.do(ctx, request{method: http.MethodPut, path: emailTemplates.path, body: body}, &written); err != nil {
		return nil, err
	}
	if len(written) != 1 || written[0].LanguageTag != key[0] || written[0].TemplateType != key[1] {
		return nil, s.c.unreadable(http.MethodPut, emailTemplates.path, errors.New("it is not the template that was written"))
	}
	return &written[0], nil
}

// Get returns a template. It calls GET /email-templates.
func (s *EmailTemplates) Get(ctx context.Context, key Key) (*EmailTemplate, error) {
	object, err := s.c.read(ctx, emailTemplates, key[0]+"/"+key[1], func(ctx context.Context) (json.RawMessage, error) {
		return s.find(ctx, key)
	})
	if err != nil {
		return nil, err
	}
	return readAs(s.c, emailTemplates.path, object, new(EmailTemplate))
}

// find asks for one template by its language and type: it has no path by those.
func (s *EmailTemplates) find(ctx context.Context, key Key) (json.RawMessage, error) {
	found, err := s.c.list(ctx, listing{path: emailTemplates.path, query: url.Values{"languageTag": {key[0]}, "templateType": {key[1]}}})
	if err != nil {
		return nil, err
	}
	for _, object := range found {
		t, err := readAs(s.c, emailTemplates.path, object, new(EmailTemplate))
		if err != nil {
			return nil, err
		}
		if t.LanguageTag == key[0] && t.TemplateType == key[1] {
			return object, nil
		}
	}
	if len(found) > 0 {
		return nil, s.c.unreadable(http.MethodGet, emailTemplates.path, errors.New("it is not the template that was asked for"))
	}
	return nil, notFound("GET /api" + emailTemplates.path)
}

// Update replaces a template when it changes. It calls GET and PUT /email-templates.
func (s *EmailTemplates) Update(ctx context.Context, key Key, from, to EmailTemplateDetails) (*EmailTemplate, error) {
	changes, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		return s.Get(ctx, key)
	}
	defer s.c.locks.lock(emailTemplates.path + path(key...))()
	object, err := s.find(ctx, key)
	if err != nil {
		return nil, err
	}
	m := merger{c: s.c}
	was, err := json.Marshal(from)
	if err != nil {
		return nil, err
	}
	will, err := json.Marshal(to)
	if err != nil {
		return nil, err
	}
	return s.put(ctx, key, m.apply("details", members(object)["details"], was, will))
}

// Delete deletes a template: DELETE /email-templates/{id}.
func (s *EmailTemplates) Delete(ctx context.Context, key Key) error {
	object, err := s.find(ctx, key)
	if err != nil {
		return err
	}
	return s.c.do(ctx, request{method: http.MethodDelete, path: emailTemplates.path + path(idOf(object))}, nil)
}

// Search returns the templates, those of a languageTag or a templateType where the filters
// say so. It calls GET /email-templates.
func (s *EmailTemplates) Search(ctx context.Context, _ []string, filters url.Values) ([]EmailTemplate, error) {
	return listOf[EmailTemplate](ctx, s.c, listing{path: emailTemplates.path, query: filters})
}

// BringsCode reports whether messages of that type bring a verification code.
func BringsCode(templateType string) bool {
	switch templateType {
	case "SignIn", "Register", "ForgotPassword", "Generic", "UserPermissionValidation", "BindNewIdentifier", "MfaVerification", "BindMfa":
		return true
	}
	return false
}
