// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strings"
	"testing"
)

func TestJWTSamples(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const path = configPath + "jwt-customizer/access-token"
	put := func(context body, status int) {
		t.Helper()
		must(t, s, "PUT", path, body{"script": "s", "contextSample": context}, status)
	}
	record := body{"id": "v", "type": "Password", "verified": true, "identifier": body{"type": "userId", "value": "u"}}
	put(body{
		"user":         body{"id": strings.Repeat("x", 12), "roles": []any{body{"id": "r", "name": "n", "description": "d", "scopes": []any{}}}},
		"interaction":  body{"verificationRecords": []any{record}},
		"organization": body{"id": "o", "description": nil},
		"application":  body{"type": "SPA", "customClientMetadata": body{}},
	}, 201)
	record["type"] = "EmailVerificationCode"
	for name, context := range map[string]body{
		"a long ID":               {"user": body{"id": strings.Repeat("x", 13)}},
		"an empty ID":             {"user": body{"id": ""}},
		"a role with null":        {"user": body{"roles": []any{body{"id": "r", "name": "n", "description": nil, "scopes": []any{}}}}},
		"a record of another way": {"user": body{}, "interaction": body{"verificationRecords": []any{record}}},
		"a type of application":   {"user": body{}, "application": body{"type": "spa"}},
	} {
		t.Run(name, func(t *testing.T) { put(context, 400) })
	}
}
