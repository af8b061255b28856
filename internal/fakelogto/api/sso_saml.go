// SPDX-License-Identifier: MPL-2.0

package api

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

type samlSignIn struct {
	Binding  string `xml:"Binding,attr"`
	Location string `xml:"Location,attr"`
}

// samlDescriptor is what matters of an identity provider's metadata.
type samlDescriptor struct {
	EntityID string `xml:"entityID,attr"`
	IDP      struct {
		Keys []struct {
			Use         string `xml:"use,attr"`
			Certificate string `xml:"KeyInfo>X509Data>X509Certificate"`
		} `xml:"KeyDescriptor"`
		SignIn []samlSignIn `xml:"SingleSignOnService"`
	} `xml:"IDPSSODescriptor"`
}

const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"

// samlProvider is the identity provider that a config names: by the address of its
// metadata, by the metadata itself, or by hand, the first that is given.
func samlProvider(config engine.Object) (engine.Object, error) {
	document := config.Str("metadata")
	if config.Has("metadataUrl") {
		body, err := outbound(http.MethodGet, config.Str("metadataUrl"), nil, nil)
		if failed, ok := errors.AsType[*outboundError](err); ok {
			return nil, ssoFailure("connector.invalid_metadata", engine.Object{
				{"message", "fail_to_fetch_config"}, {"error", failed.data()},
			})
		}
		document = string(body)
	}
	if document == "" {
		if !config.Has("entityId") {
			return nil, ssoFailure("connector.invalid_config", engine.Object{
				{"config", config}, {"message", "invalid_connector_config"},
			})
		}
		return withCertificate(config.Pick("entityId", "signInEndpoint"), config.Str("x509Certificate"))
	}
	var found samlDescriptor
	if err := xml.Unmarshal([]byte(document), &found); err != nil && !errors.Is(err, io.EOF) {
		return nil, engine.InternalError() // Logto does not catch it; text without a tag counts as empty metadata
	}
	certificate, signIn := "", any(nil)
	for _, key := range found.IDP.Keys {
		if key.Use == "signing" || key.Use == "" {
			certificate = key.Certificate
			break
		}
	}
	redirect := func(s samlSignIn) bool { return s.Binding == redirectBinding }
	if i := slices.IndexFunc(found.IDP.SignIn, redirect); i >= 0 {
		signIn = found.IDP.SignIn[i].Location
	}
	out, err := withCertificate(engine.Object{{"entityId", found.EntityID}, {"signInEndpoint", signIn}}, certificate)
	if err == nil && signIn == nil {
		err = ssoFailure("connector.invalid_metadata", engine.Object{{"message", "invalid_connector_config"}, {"metadata", out}})
	}
	return out, err
}

func withCertificate(out engine.Object, text string) (engine.Object, error) {
	inner := strings.NewReplacer("-----BEGIN CERTIFICATE-----", "", "-----END CERTIFICATE-----", "").Replace(text)
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(inner), ""))
	var certificate *x509.Certificate
	if err == nil {
		certificate, err = x509.ParseCertificate(der)
	}
	if err != nil {
		return nil, ssoFailure("connector.invalid_certificate", engine.Object{{"config", out.With("x509Certificate", text)}})
	}
	block := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return append(out,
		engine.Member{"x509Certificate", block},
		engine.Member{"certificateExpiresAt", float64(certificate.NotAfter.UnixMilli())},
		engine.Member{"isCertificateValid", certificate.NotAfter.After(time.Now())},
	), nil
}
