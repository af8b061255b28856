// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
)

// ProfileField is a question to people who sign up, with a field of their
// profile for the answer. It is known by its name.
type ProfileField struct {
	Name        string             `json:"name"`
	Type        string             `json:"type"`
	Label       *string            `json:"label,omitempty"`
	Description *string            `json:"description,omitempty"`
	Required    bool               `json:"required"`
	Config      ProfileFieldConfig `json:"config"`
}

// ProfileFieldConfig depends on the type. Numbers below 0 and fractions, and
// texts longer than what is said here, are stored by the server, which then can
// answer nothing that has the field in it, sign-in included.
type ProfileFieldConfig struct {
	Placeholder  *string              `json:"placeholder,omitempty"` // at most 256 characters
	MinLength    *int64               `json:"minLength,omitempty"`
	MaxLength    *int64               `json:"maxLength,omitempty"`
	MinValue     *int64               `json:"minValue,omitempty"`
	MaxValue     *int64               `json:"maxValue,omitempty"`
	Format       *string              `json:"format,omitempty"`       // at most 128 characters
	CustomFormat *string              `json:"customFormat,omitempty"` // at most 128 characters
	DefaultValue *string              `json:"defaultValue,omitempty"`
	Options      []ProfileFieldOption `json:"options,omitzero"`
	Parts        []ProfileFieldPart   `json:"parts,omitzero"`
}

// ProfileFieldOption is a choice of a field of type Select.
type ProfileFieldOption struct {
	Value string  `json:"value"`
	Label *string `json:"label,omitempty"`
}

// ProfileFieldPart is a field inside one of type Address or Fullname.
type ProfileFieldPart struct {
	Enabled     bool                `json:"enabled"`
	Name        string              `json:"name"`
	Type        string              `json:"type"`
	Label       *string             `json:"label,omitempty"`
	Description *string             `json:"description,omitempty"`
	Required    bool                `json:"required"`
	Config      *ProfileFieldConfig `json:"config,omitempty"`
}

// ProfileFields are the tenant's custom profile fields: /custom-profile-fields.
type ProfileFields struct {
	Collection[ProfileField, ProfileField]
}

// ProfileFields are the tenant's custom profile fields.
func (c *Client) ProfileFields() *ProfileFields {
	all := listing{path: path("custom-profile-fields"), known: "name"}
	src := &source{listing: all, index: byName}
	return &ProfileFields{Collection[ProfileField, ProfileField]{
		c:      c,
		path:   func([]string) string { return path("custom-profile-fields") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		same:   func(in ProfileField, f *ProfileField) bool { return holds(f, in) },
		has:    []string{"type"},
	}}
}

// Update replaces a field when it changes: PUT /custom-profile-fields/{name},
// which keeps what is left out, and takes "" for no description.
func (s *ProfileFields) Update(ctx context.Context, key Key, from, to ProfileField) (*ProfileField, error) {
	if changes, err := diff(from, to); err != nil || len(changes) == 0 {
		if err != nil {
			return nil, err
		}
		return s.Get(ctx, key)
	}
	sent, err := fields(to)
	if err != nil {
		return nil, err
	}
	delete(sent, "name")
	r := s.one(http.MethodPut, key)
	defer s.c.locks.lock(r.path)()
	m := merger{c: s.c, current: s.one(http.MethodGet, key)}
	body, err := m.merge(ctx, sent, from)
	if err != nil {
		return nil, err
	}
	if to.Description == nil && from.Description != nil && to.Type != "Checkbox" {
		body["description"] = json.RawMessage(`""`)
	}
	r.body = body
	f := new(ProfileField)
	return f, s.c.do(ctx, r, f)
}
