// SPDX-License-Identifier: MPL-2.0

package api

import (
	"testing"
	"time"
)

func TestSSOSigningKeys(t *testing.T) {
	t.Parallel()
	s := NewServer()
	certificate, err := newCertificate(time.Now(), time.Now().AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	signed := func(on bool) body {
		return body{"config": body{
			"entityId": "e", "signInEndpoint": "https://idp.example/sso", "x509Certificate": certificate, "signAuthnRequest": on,
		}}
	}
	one := ssoPath + "/" + made(t, s, ssoPath, body{"connectorName": "n", "providerName": "AzureAD"}, 200)
	other := ssoPath + "/" + made(t, s, ssoPath, body{"connectorName": "m", "providerName": "SAML"}, 200)
	keys := one + "/signing-keys"

	refused(t, s, "PATCH", one, signed(true), 400, "single_sign_on.active_signing_key_required")
	first := keys + "/" + made(t, s, keys, body{}, 201)
	refused(t, s, "PATCH", one, signed(true), 400, "single_sign_on.active_signing_key_required")
	second := keys + "/" + made(t, s, keys, body{"active": true}, 201)
	must(t, s, "PATCH", one, signed(true), 200)
	refused(t, s, "PATCH", second, body{"active": false}, 400, "single_sign_on.can_not_deactivate_signing_key_in_use")

	// The other key takes the place of the active one, which may then go.
	if got := must(t, s, "PATCH", first, body{"active": true}, 200); got["active"] != true || got.sub("fingerprints") == nil {
		t.Errorf("activated: %v", got)
	}
	refused(t, s, "DELETE", first, nil, 400, "single_sign_on.can_not_delete_active_signing_key")
	must(t, s, "DELETE", second, nil, 204)
	refused(t, s, "DELETE", second, nil, 404, "entity.not_found")
	refused(t, s, "PATCH", other+"/signing-keys/"+first[len(keys)+1:], body{"active": true}, 404, "entity.not_found")
	refused(t, s, "PATCH", first, body{}, 400, "guard.invalid_input")

	// A config without the two keys switches signing off, without a word.
	if got := must(t, s, "PATCH", one, body{"config": signed(true)["config"]}, 200); got.sub("config")["signAuthnRequest"] != true {
		t.Errorf("signed: %v", got)
	}
	must(t, s, "PATCH", one, signed(false), 200)
	must(t, s, "PATCH", first, body{"active": false}, 200)
	must(t, s, "DELETE", one, nil, 204)
	refused(t, s, "GET", keys, nil, 404, "entity.not_exists_with_id")
	if rows := s.Rows()[ssoSigningKeys.Name]; rows != 0 {
		t.Errorf("%d keys outlived their connector", rows)
	}
	oidc := ssoPath + "/" + made(t, s, ssoPath, body{"connectorName": "o", "providerName": "OIDC"}, 200)
	refused(t, s, "POST", oidc+"/signing-keys", body{}, 404, "connector.not_found")
}
