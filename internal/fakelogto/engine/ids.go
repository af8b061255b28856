// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"math/rand/v2"
)

// NewID makes an ID as Logto does: lower-case letters and digits.
func NewID(length int) string { return RandomText(length, "0123456789abcdefghijklmnopqrstuvwxyz") }

// NewSecret makes a secret as Logto does: letters and digits.
func NewSecret(length int) string {
	return RandomText(length, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// RandomText is a text of that length of letters of the alphabet.
func RandomText(length int, alphabet string) string {
	out := make([]byte, length)
	for i := range out {
		out[i] = alphabet[rand.IntN(len(alphabet))]
	}
	return string(out)
}
