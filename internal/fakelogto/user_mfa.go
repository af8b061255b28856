// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	_ "embed"
	"encoding/base64"
	"regexp"
	"slices"
)

const (
	totpFactor   = "Totp"
	backupFactor = "BackupCode"

	isoMillis = "2006-01-02T15:04:05.000Z" // JavaScript's toISOString
)

// exampleQRCode is the picture for all secrets: that of the recorded one. Logto draws
// the secret, the user's name and the host that the request names.
//
//go:embed totp.png
var exampleQRCode []byte

var (
	totpSecretPattern = regexp.MustCompile(`^(?:[2-7A-Z]{8})*(?:[2-7A-Z]{2}={6}|[2-7A-Z]{4}={4}|[2-7A-Z]{5}={3}|[2-7A-Z]{7}=)?$`)
	backupCodePattern = regexp.MustCompile(`^[0-9A-Fa-f]{10}$`)
)

func mfaRoutes(r *routes) {
	const path = "/users/{userId}/mfa-verifications"
	r.get(path, func(c *call) (any, error) {
		row, err := found(c.db, users, c.param("userId"))
		if err != nil {
			return nil, err
		}
		return mapped(factors(row), func(factor object) object {
			out := factor.pick("id", "createdAt", "type")
			if codes := factor.list("codes"); codes != nil {
				out = out.with("remainCodes", len(codes))
			}
			return out
		}), nil
	})
	r.post(path, 200, addFactor)
	r.delete(path+"/{verificationId}", func(c *call) (any, error) {
		row, err := found(c.db, users, c.param("userId"))
		if err != nil {
			return nil, err
		}
		all := factors(row)
		left := filtered(all, func(factor object) bool { return factor.str("id") != c.param("verificationId") })
		if len(left) == len(all) {
			return nil, notFound()
		}
		return nil, setFactors(c.db, row, left)
	})
}

func factors(user object) []object {
	return mapped(user.list("mfaVerifications"), func(v any) object {
		factor, _ := v.(object)
		return factor
	})
}

func setFactors(db *store, user object, all []object) error {
	list := mapped(all, func(factor object) any { return factor })
	_, err := db.update(users, object{{"mfaVerifications", list}}, user.str("id"))
	return err
}

// addFactor answers with the secret or the codes, which nothing shows again.
func addFactor(c *call) (any, error) {
	in, err := c.input(discriminated("type",
		variant{totpFactor, fields(required("type", literal(totpFactor)), maybe("secret", str()))},
		variant{backupFactor, fields(required("type", literal(backupFactor)), maybe("codes", array(str())))},
	))
	if err != nil {
		return nil, err
	}
	row, err := found(c.db, users, c.param("userId"))
	if err != nil {
		return nil, err
	}
	out, err := newFactor(in, factors(row))
	if err != nil {
		return nil, err
	}
	stored := object{{"id", newID(idWidth)}, {"createdAt", c.db.now().UTC().Format(isoMillis)}}
	if err := setFactors(c.db, row, append(factors(row), stored.merge(out))); err != nil {
		return nil, err
	}
	if out.str("type") == totpFactor {
		out = out.with("secretQrCode", "data:image/png;base64,"+base64.StdEncoding.EncodeToString(exampleQRCode))
	}
	return out, nil
}

func newFactor(in object, present []object) (object, error) {
	has := func(kind string) bool {
		return slices.ContainsFunc(present, func(factor object) bool { return factor.str("type") == kind })
	}
	if in.str("type") == totpFactor {
		secret := in.str("secret")
		switch {
		case has(totpFactor):
			return nil, fail(422, "user.totp_already_in_use")
		case secret != "" && (len(secret) < 16 || len(secret) > 32 || !totpSecretPattern.MatchString(secret)):
			return nil, fail(422, "user.totp_secret_invalid")
		case !in.has("secret"):
			in = in.with("secret", randomText(32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
		}
		return in, nil
	}
	if has(backupFactor) {
		return nil, fail(422, "user.backup_code_already_in_use")
	}
	if len(present) == 0 {
		return nil, fail(422, "session.mfa.backup_code_can_not_be_alone")
	}
	const count = 10
	codes := in.strs("codes")
	if !in.has("codes") {
		for range count {
			codes = append(codes, randomText(10, "0123456789abcdef"))
		}
	}
	if len(codes) != count || len(filtered(codes, backupCodePattern.MatchString)) != count {
		return nil, fail(422, "user.wrong_backup_code_format")
	}
	return in.with("codes", toList(codes)), nil
}
