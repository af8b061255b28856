// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// SSOSigningKey is a key with which Logto signs what it asks the identity provider
// of a SAML enterprise connector, with its certificate. At most one key of a
// connector is active. Logto has them since 1.43.
type SSOSigningKey struct {
	ConnectorID string `json:"-"`
	SigningKey
}

// SSOSigningKeyInput is what can be written of an [SSOSigningKey].
type SSOSigningKeyInput struct {
	// Active makes the key the one in use; the key that was in use no longer is.
	Active bool `json:"active"`
}

// SSOSigningKeys are the signing keys of SAML enterprise connectors. Their keys are
// the ID of the connector and that of the signing key.
type SSOSigningKeys struct {
	Collection[SSOSigningKey, SSOSigningKeyInput]
}

// SSOSigningKeys are the tenant's: /sso-connectors/{id}/signing-keys. There is no GET
// of one of them.
func (c *Client) SSOSigningKeys() *SSOSigningKeys {
	at := func(parents []string) string { return path("sso-connectors", parents[0], "signing-keys") }
	list := func(parents []string) listing { return listing{path: at(parents)} }
	return &SSOSigningKeys{Collection[SSOSigningKey, SSOSigningKeyInput]{
		c:    c,
		path: at,
		list: list,
		get: func(ctx context.Context, k Key) (json.RawMessage, error) {
			return c.element(ctx, &source{listing: list(k.Parents()), index: byID}, k.ID())
		},
		same:   func(in SSOSigningKeyInput, k *SSOSigningKey) bool { return k.Active == in.Active },
		parent: func(k *SSOSigningKey, parents []string) { k.ConnectorID = parents[0] },
		has:    []string{"certificate", "active"},
	}}
}

// Search returns the signing keys of a connector: GET /sso-connectors/{id}/signing-keys,
// and GET /sso-connectors/{id} of one without, because a connector that is not for SAML
// has none and a connector that does not exist is an error.
func (s *SSOSigningKeys) Search(ctx context.Context, parents []string, filters url.Values) ([]SSOSigningKey, error) {
	keys, err := s.Collection.Search(ctx, parents, filters)
	if !HasCode(err, "connector.not_found") {
		return keys, err
	}
	_, err = s.c.SSOConnectors().Get(ctx, Key{parents[0]})
	return nil, err
}

// Delete deletes a signing key: DELETE /sso-connectors/{id}/signing-keys/{keyId}.
// Logto keeps the active one, so that is made inactive first, which Logto refuses
// with single_sign_on.can_not_deactivate_signing_key_in_use while the connector
// signs.
func (s *SSOSigningKeys) Delete(ctx context.Context, key Key) error {
	defer s.c.locks.lock(s.path(key.Parents()))()
	err := s.Collection.Delete(ctx, key)
	if !HasCode(err, "single_sign_on.can_not_delete_active_signing_key") {
		return err
	}
	r := s.one(http.MethodPatch, key)
	r.body = SSOSigningKeyInput{}
	if err := s.c.do(ctx, r, nil); err != nil {
		return err
	}
	return s.Collection.Delete(ctx, key)
}
