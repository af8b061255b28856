// SPDX-License-Identifier: MPL-2.0

package logto

// SigningKey is a key with which Logto signs, and its certificate. The private key
// never leaves Logto.
type SigningKey struct {
	ID           string `json:"id"`
	Certificate  string `json:"certificate"` // PEM, with CRLF
	CreatedAt    int64  `json:"createdAt"`   // milliseconds since 1970
	ExpiresAt    int64  `json:"expiresAt"`   // milliseconds since 1970
	Active       bool   `json:"active"`
	Fingerprints struct {
		SHA256 struct {
			Formatted string `json:"formatted"`
		} `json:"sha256"`
	} `json:"fingerprints"`
}
