// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"testing"
)

const (
	signInPath = "/api/sign-in-exp"
	fieldPath  = "/api/custom-profile-fields"
)

func TestSignInColumns(t *testing.T) {
	t.Parallel()
	s := NewServer()
	refused(t, s, "PATCH", signInPath, body{"unknown": 1}, 422, "entity.invalid_input")
	must(t, s, "PATCH", signInPath, body{"tenantId": "other"}, 500)
	for _, c := range []struct {
		column     string
		sent, want any
	}{
		{"customCss", "", nil},
		{"termsOfUseUrl", "", nil},
		{"passwordPolicy", body{"length": body{"min": 10}}, "map[length:map[max:256 min:10]]"},
		{"passwordPolicy", body{"rejects": body{}},
			"map[rejects:map[pwned:true repetitionAndSequence:true userInfo:true words:[]]]"},
		{"passwordPolicy", body{}, "map[]"},
		{"customUiCsp", body{"scriptSrc": []any{}}, "map[]"},
		{"emailBlocklistPolicy", body{"customBlocklist": []any{"a@b.co", "@*.x.y", "a@b.co"}},
			"map[customBlocklist:[a@b.co @*.x.y]]"},
		{"forgotPasswordMethods", nil, nil},
		{"signUpProfileFields", []any{}, "[]"},
	} {
		got := must(t, s, "PATCH", signInPath, body{c.column: c.sent}, 200)[c.column]
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s %v: %v, want %v", c.column, c.sent, got, c.want)
		}
	}
	// A column is replaced as a whole, what is not sent stays.
	got := must(t, s, "PATCH", signInPath, body{"branding": body{"favicon": "https://x.example/i.png"}}, 200)
	if fmt.Sprint(got["branding"]) != "map[favicon:https://x.example/i.png]" || got.sub("color").str("primaryColor") != "#6139F6" {
		t.Errorf("branding %v, color %v", got["branding"], got["color"])
	}
}

func TestPasswordExpirationMerges(t *testing.T) {
	t.Parallel()
	s := NewServer()
	set := func(policy body) doc {
		return must(t, s, "PATCH", signInPath, body{"passwordExpiration": policy}, 200).sub("passwordExpiration")
	}
	enable := body{"passwordExpiration": body{"enabled": true, "validPeriodDays": 30, "enabledAt": 5}}
	refused(t, s, "PATCH", signInPath, enable, 422, "sign_in_experiences.password_expiration_requires_forgot_password")
	httpConnector(t, s, "http-email", "https://mail.example")
	must(t, s, "PATCH", signInPath, body{"forgotPasswordMethods": nil}, 200)
	since := must(t, s, "PATCH", signInPath, enable, 200).sub("passwordExpiration")["enabledAt"]
	if since == 5.0 {
		t.Error("the client's enabledAt was taken")
	}
	got := set(body{"enabled": true, "validPeriodDays": 9})
	if got["enabled"] != true || got["validPeriodDays"] != 9.0 || got["enabledAt"] != since {
		t.Errorf("merged to %v", got)
	}
	// Without enabled the days count as unknown, so nothing is put over the stored policy.
	for _, nothing := range []body{{}, {"validPeriodDays": 3}} {
		if got := set(nothing); got["validPeriodDays"] != 9.0 || got["enabledAt"] != since {
			t.Errorf("%v made it %v", nothing, got)
		}
	}
	if got := set(body{"enabled": false, "validPeriodDays": 3}); fmt.Sprint(got) != "map[enabled:false]" {
		t.Errorf("switched off to %v", got)
	}
	refused(t, s, "PATCH", signInPath, body{"passwordExpiration": body{"enabled": true}}, 400, "guard.invalid_input")
}

func TestSignInRules(t *testing.T) {
	t.Parallel()
	s := NewServer()
	mandatory := body{"factors": []any{"Totp"}, "policy": "PromptOnlyAtSignInMandatory"}
	for _, c := range []struct {
		sent   body
		status int
		code   string
	}{
		{body{"signUp": body{"identifiers": []any{"email"}, "password": true, "verify": true}}, 400, "enabled_connector_not_found"},
		{body{"signUp": body{"identifiers": []any{"email"}, "password": true, "verify": false}}, 400, "passwordless_requires_verify"},
		{body{"mfa": body{"factors": []any{"BackupCode"}, "policy": "NoPrompt"}}, 400, "backup_code_cannot_be_enabled_alone"},
		{body{"mfa": mandatory}, 422, "non_adaptive_mfa_requires_skippable_policy"},
		{body{"adaptiveMfa": body{"enabled": true}}, 422, "adaptive_mfa_requires_mfa"},
		{body{"languageInfo": body{"autoDetect": true, "fallbackLanguage": "sw-KE"}}, 400, "unsupported_default_language"},
	} {
		refused(t, s, "PATCH", signInPath, c.sent, c.status, "sign_in_experiences."+c.code)
	}
	must(t, s, "PATCH", signInPath, body{"mfa": mandatory, "adaptiveMfa": body{"enabled": true}}, 200)
	got := must(t, s, "PATCH", signInPath, body{"mfa": body{"factors": []any{}, "policy": "NoPrompt"}}, 200)
	if fmt.Sprint(got["adaptiveMfa"]) != "map[enabled:false]" {
		t.Errorf("adaptiveMfa %v", got["adaptiveMfa"])
	}
	// The fallback language keeps its phrases.
	must(t, s, "PUT", "/api/custom-phrases/sw-KE", body{"input": body{"username": "x", "password": ""}, "action": body{}}, 201)
	must(t, s, "PATCH", signInPath, body{"languageInfo": body{"autoDetect": true, "fallbackLanguage": "sw-KE"}}, 200)
	refused(t, s, "DELETE", "/api/custom-phrases/sw-KE", nil, 409, "localization.cannot_delete_default_language")
	phrase := must(t, s, "GET", "/api/custom-phrases/sw-KE", nil, 200)
	if fmt.Sprint(phrase["translation"]) != "map[input:map[username:x]]" {
		t.Errorf("translation %v", phrase["translation"])
	}
}

func TestPoisoningProfileField(t *testing.T) {
	t.Parallel()
	s := NewServer()
	must(t, s, "POST", fieldPath, body{"name": "fine", "type": "Text", "required": true}, 201)
	must(t, s, "POST", fieldPath, body{"name": "bad", "type": "Number", "required": false, "config": body{"minValue": -1}}, 500)
	for _, path := range []string{fieldPath, fieldPath + "/bad", "/api/.well-known/sign-in-exp", "/api/.well-known/experience"} {
		must(t, s, "GET", path, nil, 500)
	}
	must(t, s, "GET", fieldPath+"/fine", nil, 200)
	must(t, s, "DELETE", fieldPath+"/bad", nil, 204)
	must(t, s, "GET", "/api/.well-known/sign-in-exp", nil, 200)
}

func TestProfileFields(t *testing.T) {
	t.Parallel()
	s := NewServer()
	fine := body{"name": "one", "type": "Select", "required": false, "label": "L", "description": "D", "config": body{"options": []any{}}}
	must(t, s, "POST", fieldPath, fine, 201)
	refused(t, s, "POST", fieldPath+"/batch", []any{
		body{"name": "two", "type": "Text", "required": false}, fine,
	}, 422, "custom_profile_fields.name_exists")
	refused(t, s, "GET", fieldPath+"/two", nil, 404, "entity.not_found")

	// Updates are stricter, and keep what they leave out whatever the type.
	refused(t, s, "PUT", fieldPath+"/one", body{"type": "Select", "required": false, "config": body{"options": []any{}}},
		400, "custom_profile_fields.invalid_options")
	got := must(t, s, "PUT", fieldPath+"/one", body{"type": "Text", "required": true, "description": ""}, 200)
	if got.str("label") != "L" || got["description"] != nil || fmt.Sprint(got["config"]) != "map[options:[]]" {
		t.Errorf("updated to %v", got)
	}

	// A field that goes leaves the lists that show it.
	must(t, s, "POST", fieldPath, body{"name": "two", "type": "Text", "required": false}, 201)
	list := []any{body{"name": "two", "extra": 1}, body{"name": "one"}}
	must(t, s, "PATCH", signInPath, body{"signUpProfileFields": list}, 200)
	must(t, s, "PATCH", "/api/account-center", body{"profileFields": list}, 200)
	must(t, s, "DELETE", fieldPath+"/one", nil, 204)
	for path, column := range map[string]string{signInPath: "signUpProfileFields", "/api/account-center": "profileFields"} {
		if left := must(t, s, "GET", path, nil, 200)[column]; fmt.Sprint(left) != "[map[name:two]]" {
			t.Errorf("%s of %s: %v", column, path, left)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	s := NewServer()
	check := func(password string) string {
		_, got := s.Do("POST", signInPath+"/default/check-password", body{"password": password})
		answer, _ := got.(map[string]any)
		codes := []string{}
		for _, issue := range docs(answer["issues"]) {
			codes = append(codes, issue.str("code"))
		}
		return fmt.Sprint(answer["result"], codes)
	}
	// Leaked passwords are looked up on the Internet first.
	refused(t, s, "POST", signInPath+"/default/check-password", body{"password": "x"}, 400, "request.invalid_input")
	must(t, s, "PATCH", signInPath, body{"passwordPolicy": body{
		"rejects": body{"pwned": false, "userInfo": false, "words": []any{"silver"}}, "characterTypes": body{"min": 2},
	}}, 200)
	for password, want := range map[string]string{
		"k7mwq2xp":     "true []",
		"k7":           "false [password_rejected.too_short]",
		"kmwqxpvt":     "false [password_rejected.character_types]",
		"aaaaaaa1":     "false [password_rejected.restricted.repetition]",
		"12345678a":    "false [password_rejected.restricted.sequence]",
		"silversilve1": "true []",
		"SilverSilver": "false [password_rejected.restricted.words]",
	} {
		if got := check(password); got != want {
			t.Errorf("%s: %s, want %s", password, got, want)
		}
	}
}
