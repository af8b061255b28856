// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// SAMLApplication is a service provider that signs people in with Logto by SAML.
type SAMLApplication struct {
	ID        string `json:"id"`
	CreatedAt int64  `json:"createdAt"` // milliseconds since 1970
	SAMLApplicationInput
}

// SAMLApplicationInput is what can be written of a [SAMLApplication]. The API
// merges custom data into what is there, and replaces the other objects whole.
type SAMLApplicationInput struct {
	Name             string            `json:"name"`
	Description      *string           `json:"description,omitempty"`
	CustomData       json.RawMessage   `json:"customData,omitempty"` // an object
	AttributeMapping map[string]string `json:"attributeMapping,omitzero"`
	EntityID         *string           `json:"entityId,omitempty"`
	ACSURL           *SAMLACSURL       `json:"acsUrl,omitempty"`
	Encryption       *SAMLEncryption   `json:"encryption,omitempty"`
	NameIDFormat     *string           `json:"nameIdFormat,omitempty"`
}

// SAMLACSURL is where assertions are sent, and how.
type SAMLACSURL struct {
	Binding string `json:"binding"`
	URL     string `json:"url"`
}

// SAMLEncryption says whether assertions are encrypted, for whom, and in which
// order they are encrypted and signed.
type SAMLEncryption struct {
	EncryptAssertion *bool   `json:"encryptAssertion,omitempty"`
	EncryptThenSign  *bool   `json:"encryptThenSign,omitempty"`
	Certificate      *string `json:"certificate,omitempty"`
}

// SAMLApplications are the tenant's SAML applications: /saml-applications. They
// are listed with all other applications, without what is of SAML: those have
// no NameIDFormat.
func (c *Client) SAMLApplications() *Collection[SAMLApplication, SAMLApplicationInput] {
	// The list's query must not travel to /saml-applications, where it would
	// change how Logto counts against its limit.
	all := listing{path: path("applications"), query: url.Values{"types": {"SAML"}}}
	return &Collection[SAMLApplication, SAMLApplicationInput]{
		c:    c,
		path: func([]string) string { return path("saml-applications") },
		list: func([]string) listing { return all },
		search: func(in SAMLApplicationInput) url.Values {
			query := maps.Clone(all.query)
			maps.Copy(query, ExactSearch("name", in.Name))
			return query
		},
		same: func(in SAMLApplicationInput, a *SAMLApplication) bool {
			return holds(a.SAMLApplicationInput, SAMLApplicationInput{Name: in.Name, Description: in.Description, CustomData: in.CustomData})
		},
		whole:  []string{"customData"},
		reread: true,
	}
}

// xmlTypes are the content types of SAML metadata.
var xmlTypes = []string{"text/xml", "application/xml", "application/samlmetadata+xml"}

// SAMLMetadata is what a service provider has to know of Logto.
type SAMLMetadata struct {
	URL         string // of the metadata document
	EntityID    string
	SSOURL      string
	Certificate string // PEM, of the active signing key; empty when there is none
}

// SAMLMetadata reads the metadata of a SAML application: GET
// /saml-applications/{id}/metadata, which is open to everybody. Without an
// active certificate there is no such document; then the addresses are those
// below the client's endpoint.
func (c *Client) SAMLMetadata(ctx context.Context, id string) (*SAMLMetadata, error) {
	const documentAt, ssoAt = "/api/saml-applications/%s/metadata", "/api/saml/%s/authn"
	at := fmt.Sprintf(ssoAt, id)
	m := &SAMLMetadata{URL: c.Endpoint() + fmt.Sprintf(documentAt, id), EntityID: c.Endpoint() + "/saml/" + id, SSOURL: c.Endpoint() + at}
	a, err := c.send(ctx, request{method: http.MethodGet, path: path("saml-applications", id, "metadata")})
	if IsNotFound(err) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	defer a.release()
	if kind := mediaType(a.header); !a.statusIs(http.StatusOK) || !slices.Contains(xmlTypes, kind) {
		return nil, a.wrong("%s instead of SAML metadata", content(a.header, a.body))
	}
	var document struct {
		EntityID string `xml:"entityID,attr"`
		IDP      struct {
			Certificates []string `xml:"KeyDescriptor>KeyInfo>X509Data>X509Certificate"`
			SignOn       []struct {
				Location string `xml:"Location,attr"`
			} `xml:"SingleSignOnService"`
		} `xml:"IDPSSODescriptor"`
	}
	if err := xml.Unmarshal(a.body, &document); err != nil {
		return nil, a.wrong("XML that this provider cannot read: %s", Printable(err.Error()))
	}
	switch {
	case len(document.IDP.SignOn) == 0 || len(document.IDP.Certificates) == 0:
		return nil, a.wrong("SAML metadata without a sign-on service or without a certificate")
	case !strings.HasSuffix(document.EntityID, "/"+id):
		return nil, a.wrong("SAML metadata of another application: %s", printable(document.EntityID, 200))
	}
	m.EntityID, m.SSOURL = document.EntityID, document.IDP.SignOn[0].Location
	if base, ok := strings.CutSuffix(m.SSOURL, at); ok {
		m.URL = base + fmt.Sprintf(documentAt, id)
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(document.IDP.Certificates[0]), ""))
	if err != nil {
		return nil, a.wrong("SAML metadata with a certificate that cannot be read: %s", Printable(err.Error()))
	}
	m.Certificate = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return m, nil
}

// SAMLSecret is a signing key of a SAML application, with its certificate. One
// at most is active.
type SAMLSecret struct {
	ApplicationID string `json:"-"`
	SigningKey
}

// LifeSpanInYears is what the secret was made with, which the API does not say.
func (s *SAMLSecret) LifeSpanInYears() int64 {
	const year = 365.2425 * 24 * 60 * 60 * 1000
	return int64(math.Round(float64(s.ExpiresAt-s.CreatedAt) / year))
}

// SAMLSecretInput is what a create takes of a [SAMLSecret], which it leaves inactive.
type SAMLSecretInput struct {
	LifeSpanInYears int64 `json:"lifeSpanInYears"`
}

// SAMLSecrets are the signing keys of SAML applications:
// /saml-applications/{id}/secrets. There is no GET of one of them.
func (c *Client) SAMLSecrets() *SAMLSecrets {
	at := func(parents []string) string { return path("saml-applications", parents[0], "secrets") }
	list := func(parents []string) listing { return listing{path: at(parents)} }
	return &SAMLSecrets{Collection[SAMLSecret, SAMLSecretInput]{
		c:    c,
		path: at,
		list: list,
		get: func(ctx context.Context, k Key) (json.RawMessage, error) {
			return c.element(ctx, &source{listing: list(k.Parents()), index: byID}, k.ID())
		},
		same: func(in SAMLSecretInput, s *SAMLSecret) bool {
			return !s.Active && s.LifeSpanInYears() == in.LifeSpanInYears
		},
		parent: func(s *SAMLSecret, parents []string) { s.ApplicationID = parents[0] },
		has:    []string{"certificate", "active"},
	}}
}

// SAMLSecrets is a collection whose objects have nothing to update but whether
// they are active.
type SAMLSecrets struct {
	Collection[SAMLSecret, SAMLSecretInput]
}

// Update does nothing: see SetActive.
func (s *SAMLSecrets) Update(ctx context.Context, key Key, _, _ SAMLSecretInput) (*SAMLSecret, error) {
	return s.Get(ctx, key)
}

// SetActive makes a secret the active one, which ends the activity of the
// others, or inactive: PATCH /saml-applications/{id}/secrets/{id}. Logto fails
// when that changes nothing, so it is read first.
func (s *SAMLSecrets) SetActive(ctx context.Context, key Key, active bool) (*SAMLSecret, error) {
	defer s.c.locks.lock(s.path(key.Parents()))()
	for attempt := 0; ; attempt++ {
		all, err := s.c.fresh(ctx, &source{listing: s.list(key.Parents()), index: byID})
		if err != nil {
			return nil, err
		}
		if all[key.ID()] == nil {
			return nil, notFound("GET /api" + s.path(key.Parents()))
		}
		now, err := s.decode(http.MethodGet, all[key.ID()], key.Parents())
		if err != nil || now.Active == active {
			return now, err
		}
		var object json.RawMessage
		r := s.one(http.MethodPatch, key)
		r.body, r.once = map[string]bool{"active": active}, true
		err = s.c.do(ctx, r, &object)
		if err == nil {
			return s.decode(r.method, object, key.Parents())
		}
		if !isAmbiguous(err) || isFinal(err) || attempt >= s.c.cfg.MaxRetries {
			return nil, err
		}
		if perr := s.c.pause(ctx, attempt); perr != nil {
			return nil, errors.Join(err, perr)
		}
	}
}

// Delete deletes a secret. Logto keeps the active one, so it is made inactive first: until
// another is activated, nobody can sign in to the application. It calls PATCH and DELETE
// /saml-applications/{id}/secrets/{secretId}.
func (s *SAMLSecrets) Delete(ctx context.Context, key Key) error {
	if _, err := s.SetActive(ctx, key, false); err != nil {
		return err
	}
	return s.Collection.Delete(ctx, key)
}
