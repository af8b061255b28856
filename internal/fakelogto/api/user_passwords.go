// SPDX-License-Identifier: MPL-2.0

package api

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	argon2i        = "Argon2i"
	legacyPassword = "Legacy"
)

func passwordAlgorithms() []string {
	return []string{argon2i, "Argon2id", "Argon2d", "SHA1", "SHA256", "MD5", "Bcrypt", legacyPassword}
}

func passwordRoutes(r *engine.Routes) {
	const path = "/users/{userId}"
	password := engine.Fields(engine.Required("password", engine.Text(0)))
	r.Patch(path+"/password", func(c *engine.Context) (any, error) {
		return changeUser(c, password, func(_, in engine.Object) (engine.Object, error) { return hashed(in.Str("password")), nil })
	})
	r.Patch(path+"/password/expiration", func(c *engine.Context) (any, error) {
		return changeUser(c, engine.Fields(engine.Required("isExpired", engine.Boolean())), func(_, in engine.Object) (engine.Object, error) {
			experience, _ := c.DB.Find(signInExperiences, engine.TenantID)
			policy := experience.Obj("passwordExpiration")
			if in.Flag("isExpired") && (!policy.Flag("enabled") || policy.Num("validPeriodDays") == 0) {
				return nil, engine.Fail(400, "sign_in_experiences.password_expiration_not_enabled")
			}
			return in, nil // no column shows it
		})
	})
	r.Post(path+"/password/verify", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(password)
		if err != nil {
			return nil, err
		}
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		if !passwordFits(row, in.Str("password")) {
			return nil, engine.Fail(422, "session.invalid_credentials")
		}
		if row.Str("passwordAlgorithm") != argon2i { // Logto takes the chance to hash anew
			_, err = c.DB.Update(users, hashed(in.Str("password")), row.Str("id"))
		}
		return nil, err
	})
	r.Get(path+"/has-password", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		return engine.Object{{"hasPassword", row.Get("passwordDigest") != nil}}, err
	})
}

// hashed are the columns of a password. The digest has the form of Argon2's but is
// made with SHA-256, for nobody is to be kept out of a server in memory.
func hashed(password string) engine.Object {
	return engine.Object{{"passwordDigest", digestWith(engine.NewSecret(22), password)}, {"passwordAlgorithm", argon2i}}
}

func digestWith(salt, password string) string {
	sum := sha256.Sum256([]byte(salt + password))
	return "$argon2i$v=19$m=8192,t=8,p=1$" + salt + "$" + base64.RawStdEncoding.EncodeToString(sum[:])
}

// passwordFits knows passwords that this server has hashed and plain digests;
// others never fit.
func passwordFits(user engine.Object, password string) bool {
	digest := user.Str("passwordDigest")
	switch algorithm := user.Str("passwordAlgorithm"); algorithm {
	case "":
		return false
	case argon2i:
		parts := strings.Split(digest, "$")
		return len(parts) == 6 && digestWith(parts[4], password) == digest
	case legacyPassword:
		legacy, err := parseLegacyPassword(digest)
		if err != nil {
			return false
		}
		input := engine.Map(legacy.args, func(arg string) string {
			if arg == "@" {
				return password
			}
			return arg
		})
		return hexDigest(legacy.algorithm, strings.Join(input, "")) == legacy.digest
	default:
		return hexDigest(algorithm, password) == strings.ToLower(digest)
	}
}

// hexDigest is "" for algorithms that it does not know.
func hexDigest(algorithm, text string) string {
	var sum []byte
	switch data := []byte(text); strings.ToLower(algorithm) {
	case "md5":
		s := md5.Sum(data)
		sum = s[:]
	case "sha1":
		s := sha1.Sum(data)
		sum = s[:]
	case "sha256":
		s := sha256.Sum256(data)
		sum = s[:]
	case "sha512":
		s := sha512.Sum512(data)
		sum = s[:]
	}
	return hex.EncodeToString(sum)
}

type legacyDigest struct {
	algorithm string
	args      []string // "@" stands for the password
	digest    string
}

// parseLegacyPassword reads ["algorithm", ["argument", "@"], "digest"].
func parseLegacyPassword(text string) (legacyDigest, error) {
	if text == "" {
		return legacyDigest{}, engine.Fail(400, "password.unsupported_encryption_method")
	}
	invalid := engine.Fail(400, "password.invalid_legacy_password_format")
	v, err := engine.DecodeJSON([]byte(text))
	parts, _ := v.([]any)
	if err != nil || len(parts) != 3 {
		return legacyDigest{}, invalid
	}
	algorithm, algorithmOK := parts[0].(string)
	list, _ := parts[1].([]any)
	digest, digestOK := parts[2].(string)
	args := engine.Object{{"args", list}}.Strs("args")
	if !algorithmOK || !digestOK || len(args) != len(list) || !slices.Contains(args, "@") {
		return legacyDigest{}, invalid
	}
	known := []string{"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "ripemd160", "pbkdf2", "pbkdf2sync", "firebase-scrypt"}
	if !slices.Contains(known, strings.ToLower(algorithm)) {
		return legacyDigest{}, engine.Fail(400, "password.unsupported_legacy_hash_algorithm")
	}
	return legacyDigest{algorithm, args, digest}, nil
}
