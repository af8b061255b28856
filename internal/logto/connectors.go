// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Types of connectors. A tenant has at most one of [EmailConnector] and one of
// [SMSConnector].
const (
	EmailConnector  = "Email"
	SMSConnector    = "Sms"
	SocialConnector = "Social"
)

// Connector sends messages, or lets users sign in with an account that they have
// elsewhere. It is made by a factory.
type Connector struct {
	ID                 string            `json:"id"`
	ConnectorID        string            `json:"connectorId"` // the factory's id
	Type               string            `json:"type"`
	Target             string            `json:"target"`
	Platform           *string           `json:"platform"` // nil for connectors that send messages
	IsStandard         bool              `json:"isStandard"`
	Name               map[string]string `json:"name"`   // by language, of the connector or else of its factory
	Config             json.RawMessage   `json:"config"` // an object, secrets in clear
	Metadata           ConnectorMetadata `json:"metadata"`
	SyncProfile        bool              `json:"syncProfile"`
	EnableTokenStorage bool              `json:"enableTokenStorage"`
	IsDemo             bool              `json:"isDemo"`
}

// ConnectorMetadata is what a connector of a standard factory has of its own.
// The API replaces it whole, and never the target.
type ConnectorMetadata struct {
	Target   *string           `json:"target,omitempty"`
	Name     map[string]string `json:"name,omitempty"` // by language
	Logo     *string           `json:"logo,omitempty"`
	LogoDark *string           `json:"logoDark,omitempty"`
}

// ConnectorInput is what can be written of a [Connector]. ID and ConnectorID are
// for the create only.
type ConnectorInput struct {
	ID                 *string            `json:"id,omitempty"`
	ConnectorID        string             `json:"connectorId"`
	Config             json.RawMessage    `json:"config,omitempty"` // replaced whole, and only when it is there
	Metadata           *ConnectorMetadata `json:"metadata,omitempty"`
	SyncProfile        *bool              `json:"syncProfile,omitempty"`
	EnableTokenStorage *bool              `json:"enableTokenStorage,omitempty"`

	// Type is that of the factory, where it is known.
	Type string `json:"-"`
	// ConfigVersion stands for a config that the caller does not keep: a config of
	// the same version counts as the same.
	ConfigVersion *int64 `json:"-"`
	// ReplaceExisting lets a create take the place of another connector of type
	// Email or Sms.
	ReplaceExisting bool `json:"-"`
}

// ConnectorFactory is a kind of connector.
type ConnectorFactory struct {
	ID                      string            `json:"id"`
	Type                    string            `json:"type"`
	Target                  string            `json:"target"`
	Platform                *string           `json:"platform"`
	Name                    map[string]string `json:"name"`
	Description             map[string]string `json:"description"`
	IsStandard              bool              `json:"isStandard"`
	IsTokenStorageSupported bool              `json:"isTokenStorageSupported"`
	IsDemo                  bool              `json:"isDemo"`
	FormItems               []FormItem        `json:"formItems"`
	ConfigTemplate          *string           `json:"configTemplate"` // an example of the config, of old factories
}

// FormItem is a key of the config of a factory, as the form of the Console asks for it.
type FormItem struct {
	Key            string          `json:"key"`
	Type           string          `json:"type"`
	Label          string          `json:"label"`
	Description    *string         `json:"description"`
	Placeholder    *string         `json:"placeholder"`
	Required       bool            `json:"required"`
	IsConfidential bool            `json:"isConfidential"`
	DefaultValue   json.RawMessage `json:"defaultValue,omitempty"` // nil if there is none
	SelectItems    []SelectItem    `json:"selectItems"`            // what can be chosen, of Select and MultiSelect
	ShowConditions []ShowCondition `json:"showConditions"`
}

// SelectItem is a value that can be chosen for a [FormItem].
type SelectItem struct {
	Value string  `json:"value"`
	Title *string `json:"title"`
}

// ShowCondition is the value that another key has where a [FormItem] counts.
type ShowCondition struct {
	TargetKey   string `json:"targetKey"`
	ExpectValue any    `json:"expectValue"`
}

// Connectors are the tenant's connectors: /connectors.
type Connectors struct {
	Collection[Connector, ConnectorInput]
}

// Connectors are the tenant's connectors.
func (c *Client) Connectors() *Connectors {
	all := listing{path: path("connectors")}
	src := &source{listing: all, index: byID}
	return &Connectors{Collection[Connector, ConnectorInput]{
		c:      c,
		path:   func([]string) string { return path("connectors") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		same:   func(in ConnectorInput, x *Connector) bool { return in.ID != nil && *in.ID == x.ID },
		whole:  []string{"config"},
		has:    []string{"connectorId", "type"},
		keeps:  []string{"id", "connectorId"},
	}}
}

// Create makes a connector under an id that is chosen here, so that it is known again when
// the answer is lost. An id that is taken already gets a bare 500 from the server, and the
// only other connector of type Email or Sms would be deleted without a word: both are
// looked for first. It calls GET /connector-factories/{id}, GET and POST /connectors.
func (s *Connectors) Create(ctx context.Context, key Key, in ConnectorInput) (made *Connector, err error) {
	if in.Type == "" {
		factory, err := s.c.ConnectorFactories().Get(ctx, Key{in.ConnectorID})
		if err != nil && !IsNotFound(err) {
			return nil, err
		}
		if err == nil {
			in.Type = factory.Type
		}
	}
	if in.Type == EmailConnector || in.Type == SMSConnector {
		defer s.c.locks.lock("connectors of type " + in.Type)()
		began := time.Now() // another run looks as long as this one before it writes
		if err := s.makeWay(ctx, in); err != nil {
			return nil, err
		}
		defer func() {
			if err == nil {
				err = s.stayed(ctx, made, began)
			}
		}()
	}
	if in.ID != nil {
		if err := checkSegments("id", *in.ID); err != nil {
			return nil, err
		}
	}
	if in.ID == nil {
		id := strings.ToLower(rand.Text()[:12])
		in.ID = &id
	} else {
		defer s.c.locks.lock("connector " + *in.ID)()
		if _, err := s.Get(ctx, Key{*in.ID}); !IsNotFound(err) {
			if err == nil {
				err = refuse("id", fmt.Sprintf("There is a connector with the id %q already. Choose another id, or import the connector.", *in.ID))
			}
			return nil, err
		}
	}
	made, err = s.Collection.Create(ctx, key, in)
	return made, underConfig(in, err)
}

// stayed is an [InputError] when another run has made a connector of the type at the same
// time: Logto deletes the one that was there before, without a word. Where that cannot be
// read, the connector is in the state, and the next plan shows it.
func (s *Connectors) stayed(ctx context.Context, made *Connector, began time.Time) error {
	if s.c.waitForOthers(ctx, began) != nil {
		return nil //nolint:nilerr // what was made is there
	}
	var there Connector
	if err := s.c.do(ctx, s.one(http.MethodGet, Key{made.ID}), &there); IsNotFound(err) {
		return refuse("replaceExisting", fmt.Sprintf("Another run has created a connector of type %s at the same time, and Logto deleted this one for it: a tenant has one. "+
			"Keep one of the two resources.", made.Type))
	}
	return nil
}

// makeWay is an [InputError] when another connector of the type would have to go.
func (s *Connectors) makeWay(ctx context.Context, in ConnectorInput) error {
	all, err := s.Search(ctx, nil, nil)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x Connector) bool { return x.Type == in.Type })
	if i < 0 {
		return nil
	}
	there := Printable(fmt.Sprintf("%s (%s)", all[i].ID, all[i].ConnectorID))
	if _, ours := s.c.claims.Load(all[i].ID); ours {
		return refuse("replaceExisting", fmt.Sprintf("A tenant has one connector of type %s, and this run has just created %s. "+
			"Two resources of this type replace each other at every apply: keep one of them.", in.Type, there))
	}
	if in.ReplaceExisting {
		return nil
	}
	return refuse("replaceExisting", fmt.Sprintf("The tenant has a connector of type %s already, %s, which Logto would delete. "+
		"Import it, delete it first, or set replace_existing = true.", in.Type, there))
}

func refuse(key, message string) error {
	return &InputError{Issues: []Issue{{Path: []any{key}, Message: message}}}
}

// Update changes what differs between from and to. The config goes along, whole, when it
// is another one; without one in to it is left alone, because the server takes none away.
// It calls PATCH /connectors/{id}.
func (s *Connectors) Update(ctx context.Context, key Key, from, to ConnectorInput) (*Connector, error) {
	if to.Config == nil || from.Config == nil && sameVersion(from.ConfigVersion, to.ConfigVersion) {
		from.Config = to.Config
	}
	got, err := s.Collection.Update(ctx, key, from, to)
	return got, underConfig(to, err)
}

// sameVersion reports whether both name a version, and the same.
func sameVersion(a, b *int64) bool { return a != nil && b != nil && *a == *b }

// underConfig says of what a factory has against a config that it is about the
// config, which the server leaves out of the paths, or about the one that the
// caller does not keep.
func underConfig(in ConnectorInput, err error) error {
	var refused *Error
	if !errors.As(err, &refused) || refused.Code != "connector.invalid_config" {
		return err
	}
	if in.ConfigVersion != nil {
		return under("config_wo", refused)
	}
	return under("config", refused)
}

// under says of all issues that what they are about is under a key.
func under(key string, refused *Error) *Error {
	told := *refused
	told.Issues = make([]Issue, len(refused.Issues))
	for i, issue := range refused.Issues {
		issue.Path = append([]any{key}, issue.Path...)
		told.Issues[i] = issue
	}
	return &told
}

// WithTarget is the filter for the connectors of a target.
func WithTarget(target string) url.Values { return url.Values{"target": {target}} }

// ConnectorFactories are the kinds of connectors that the server has:
// /connector-factories. They can only be read.
func (c *Client) ConnectorFactories() *Collection[ConnectorFactory, struct{}] {
	return &Collection[ConnectorFactory, struct{}]{
		c:    c,
		path: func([]string) string { return path("connector-factories") },
		list: func([]string) listing { return listing{path: path("connector-factories")} },
		has:  []string{"type"},
	}
}

// ConnectorFactory is a factory. It is read once, because a factory does not change while
// a server runs. It calls GET /connector-factories/{id}.
func (c *Client) ConnectorFactory(ctx context.Context, id string) (*ConnectorFactory, error) {
	if known, ok := c.factories.Load(id); ok {
		return known.(*ConnectorFactory), nil //nolint:forcetypeassert // nothing else is stored
	}
	factory, err := c.ConnectorFactories().Get(ctx, Key{id})
	if err == nil {
		c.factories.Store(id, factory)
	}
	return factory, err
}

// TestMessage is a message to an email address or a phone number (digits).
type TestMessage struct {
	Email  *string         `json:"email,omitempty"`
	Phone  *string         `json:"phone,omitempty"`
	Locale *string         `json:"locale,omitempty"`
	Config json.RawMessage `json:"config"`
}

// TestConnector sends a message as a connector of the factory with that config
// would: POST /connectors/{factory}/test. It is not sent again when the answer is
// lost.
func (c *Client) TestConnector(ctx context.Context, factory string, m TestMessage) error {
	return withCause(c.do(ctx, request{method: http.MethodPost, path: path("connectors", factory, "test"), body: m, once: true}, nil))
}

// withCause adds to the error of a message that a connector could not send why it
// could not.
func withCause(err error) error {
	refused, ok := errors.AsType[*Error](err)
	if !ok || refused.Code != "connector.general" {
		return err
	}
	told := *refused
	told.Message += " " + cause(refused.Data) + "."
	return &told
}
