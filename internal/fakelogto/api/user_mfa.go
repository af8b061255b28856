// SPDX-License-Identifier: MPL-2.0

package api

import (
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

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

func mfaRoutes(r *engine.Routes) {
	const path = "/users/{userId}/mfa-verifications"
	r.Get(path, func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		return engine.Map(factors(row), func(factor engine.Object) engine.Object {
			out := factor.Pick("id", "createdAt", "type")
			if codes := factor.List("codes"); codes != nil {
				out = out.With("remainCodes", len(codes))
			}
			return out
		}), nil
	})
	r.Post(path, 200, addFactor)
	r.Delete(path+"/{verificationId}", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		all := factors(row)
		left := engine.Filter(all, func(factor engine.Object) bool { return factor.Str("id") != c.Param("verificationId") })
		if len(left) == len(all) {
			return nil, engine.NotFound()
		}
		return nil, setFactors(c.DB, row, left)
	})
}

func factors(user engine.Object) []engine.Object {
	return engine.Map(user.List("mfaVerifications"), func(v any) engine.Object {
		factor, _ := v.(engine.Object)
		return factor
	})
}

func setFactors(db *engine.Store, user engine.Object, all []engine.Object) error {
	list := engine.Map(all, func(factor engine.Object) any { return factor })
	_, err := db.Update(users, engine.Object{{"mfaVerifications", list}}, user.Str("id"))
	return err
}

// addFactor answers with the secret or the codes, which nothing shows again.
func addFactor(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Discriminated("type",
		engine.Case(totpFactor, engine.Fields(engine.Required("type", engine.Literal(totpFactor)), engine.Maybe("secret", engine.String()))),
		engine.Case(backupFactor, engine.Fields(engine.Required("type", engine.Literal(backupFactor)), engine.Maybe("codes", engine.Array(engine.String())))),
	))
	if err != nil {
		return nil, err
	}
	row, err := found(c.DB, users, c.Param("userId"))
	if err != nil {
		return nil, err
	}
	out, err := newFactor(in, factors(row))
	if err != nil {
		return nil, err
	}
	stored := engine.Object{{"id", engine.NewID(engine.IDWidth)}, {"createdAt", c.DB.Now().UTC().Format(isoMillis)}}
	if err := setFactors(c.DB, row, append(factors(row), stored.Merge(out))); err != nil {
		return nil, err
	}
	if out.Str("type") == totpFactor {
		out = out.With("secretQrCode", "data:image/png;base64,"+base64.StdEncoding.EncodeToString(exampleQRCode))
	}
	return out, nil
}

func newFactor(in engine.Object, present []engine.Object) (engine.Object, error) {
	has := func(kind string) bool {
		return slices.ContainsFunc(present, func(factor engine.Object) bool { return factor.Str("type") == kind })
	}
	if in.Str("type") == totpFactor {
		secret := in.Str("secret")
		switch {
		case has(totpFactor):
			return nil, engine.Fail(422, "user.totp_already_in_use")
		case secret != "" && (len(secret) < 16 || len(secret) > 32 || !totpSecretPattern.MatchString(secret)):
			return nil, engine.Fail(422, "user.totp_secret_invalid")
		case !in.Has("secret"):
			in = in.With("secret", engine.RandomText(32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
		}
		return in, nil
	}
	if has(backupFactor) {
		return nil, engine.Fail(422, "user.backup_code_already_in_use")
	}
	if len(present) == 0 {
		return nil, engine.Fail(422, "session.mfa.backup_code_can_not_be_alone")
	}
	const count = 10
	codes := in.Strs("codes")
	if !in.Has("codes") {
		for range count {
			codes = append(codes, engine.RandomText(10, "0123456789abcdef"))
		}
	}
	if len(codes) != count || len(engine.Filter(codes, backupCodePattern.MatchString)) != count {
		return nil, engine.Fail(422, "user.wrong_backup_code_format")
	}
	return in.With("codes", engine.ToList(codes)), nil
}
