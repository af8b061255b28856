// SPDX-License-Identifier: MPL-2.0

package api

import (
	"testing"
)

// TestUserRolesPutIsNotTransactional: a refused replacement has taken the old
// roles away, unless a role is unknown, which comes out before.
func TestUserRolesPutIsNotTransactional(t *testing.T) {
	t.Parallel()
	s := NewServer()
	user := made(t, s, "/api/users", body{}, 200)
	role := made(t, s, "/api/roles", body{"name": "r", "description": "d"}, 200)
	machine := made(t, s, "/api/roles", body{"name": "m", "description": "d", "type": "MachineToMachine"}, 200)
	path := "/api/users/" + user + "/roles"
	must(t, s, "PUT", path, body{"roleIds": []string{role}}, 200)
	refused(t, s, "PUT", path, body{"roleIds": []string{"nope"}}, 404, "entity.not_exists_with_id")
	sameIDs(t, s, path, role)
	refused(t, s, "PUT", path, body{"roleIds": []string{machine}}, 422, "entity.db_constraint_violated")
	sameIDs(t, s, path)
	must(t, s, "PUT", path, body{"roleIds": []string{role, role}}, 500)
	must(t, s, "POST", path, body{"roleIds": []string{}}, 201)
	must(t, s, "PUT", path, body{"roleIds": []string{}}, 200)
}

func TestUserIdentifiers(t *testing.T) {
	t.Parallel()
	s := NewServer()
	in := body{"username": "Ann", "primaryEmail": "Ann@x.example", "primaryPhone": "4407911123456"}
	user := must(t, s, "POST", "/api/users", in, 200)
	if user["primaryPhone"] != "447911123456" {
		t.Errorf("phone: %v", user["primaryPhone"])
	}
	made(t, s, "/api/users", body{"username": "ann"}, 200)
	refused(t, s, "POST", "/api/users", body{"primaryEmail": "ann@X.example"}, 422, "user.email_already_in_use")
	refused(t, s, "POST", "/api/users", body{"primaryPhone": "4407911123456"}, 422, "user.phone_already_in_use")
	refused(t, s, "POST", "/api/users", body{"primaryPhone": "1"}, 422, "user.invalid_phone")

	path := "/api/users/" + user["id"].(string)
	refused(t, s, "PATCH", path, body{"username": "ann"}, 422, "user.username_already_in_use")
	must(t, s, "PATCH", path, body{"primaryEmail": "ANN@x.example"}, 200)
	cleared := must(t, s, "PATCH", path, body{"username": "", "primaryPhone": nil}, 200)
	if cleared["username"] != nil || cleared["primaryPhone"] != nil {
		t.Errorf("cleared: %v", cleared)
	}
	refused(t, s, "PATCH", path, body{"isSuspended": true}, 422, "entity.invalid_input")
	refused(t, s, "PATCH", "/api/users/nope", body{}, 404, "entity.not_found")
}

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{
		"123": "123", "4400": "4400", "35205": "35205", "49017012345678": "4917012345678", "390612345678": "390612345678",
		"789123456789": "79123456789", "3530861234567": "353861234567", "610412345678": "61412345678",
		"0": "", "1": "", "12": "", "447": "", "999123456": "", "210123456789": "", "12345678901234567890": "",
	} {
		if got, ok := parsePhone(phone); got != want || ok != (want != "") {
			t.Errorf("%s: %q %t, want %q", phone, got, ok, want)
		}
	}
}

// TestUserDataMergesOrReplaces: only the user's own PATCH can take a key away.
func TestUserDataMergesOrReplaces(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := "/api/users/" + made(t, s, "/api/users", body{"customData": body{"a": body{"x": 1, "y": 2}, "b": 1}}, 200)
	merged := must(t, s, "PATCH", path+"/custom-data", body{"customData": body{"a": body{"z": 3}}}, 200)
	if a, _ := merged["a"].(map[string]any); len(merged) != 2 || len(a) != 1 {
		t.Errorf("merged: %v", merged)
	}
	replaced := must(t, s, "PATCH", path, body{"customData": body{"c": 1}}, 200)["customData"].(map[string]any)
	if len(replaced) != 1 {
		t.Errorf("replaced: %v", replaced)
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	s := NewServer()
	in := body{"passwordDigest": "5f4dcc3b5aa765d61d8327deb882cf99", "passwordAlgorithm": "MD5"}
	path := "/api/users/" + made(t, s, "/api/users", in, 200)
	refused(t, s, "POST", path+"/password/verify", body{"password": "wrong"}, 422, "session.invalid_credentials")
	must(t, s, "POST", path+"/password/verify", body{"password": "password"}, 204)
	hashed := must(t, s, "GET", path+"?includePasswordHash=true", nil, 200)
	if hashed["passwordAlgorithm"] != "Argon2i" {
		t.Errorf("after a sign-in: %v", hashed)
	}
	must(t, s, "POST", path+"/password/verify", body{"password": "password"}, 204)
	must(t, s, "PATCH", path+"/password", body{"password": "1"}, 200)
	refused(t, s, "POST", path+"/password/verify", body{"password": "password"}, 422, "session.invalid_credentials")

	legacy := body{"passwordDigest": `["md5",["pass","@"],"5f4dcc3b5aa765d61d8327deb882cf99"]`, "passwordAlgorithm": "Legacy"}
	path = "/api/users/" + made(t, s, "/api/users", legacy, 200)
	must(t, s, "POST", path+"/password/verify", body{"password": "word"}, 204)
}

func TestPersonalAccessTokens(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := "/api/users/" + made(t, s, "/api/users", body{}, 200) + "/personal-access-tokens"
	must(t, s, "POST", path, body{"name": "a/b"}, 201)
	must(t, s, "POST", path, body{"name": "delete"}, 201)
	refused(t, s, "POST", path, body{"name": "a/b"}, 422, "user.personal_access_token_name_exists")
	refused(t, s, "PATCH", path, body{"currentName": "a/b", "name": "delete"}, 422, "user.personal_access_token_name_exists")
	refused(t, s, "PATCH", path, body{"currentName": "nope", "name": "x"}, 404, "entity.not_exists")
	refused(t, s, "POST", "/api/users/nope/personal-access-tokens", body{"name": "x"}, 404, "entity.relation_foreign_key_not_found")
	must(t, s, "DELETE", path+"/a%2Fb", nil, 204)
	must(t, s, "POST", path+"/delete", body{"name": "delete"}, 204)
	refused(t, s, "POST", path+"/delete", body{"name": "delete"}, 404, "entity.not_found")
}

func TestOneTimeTokens(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const path = "/api/one-time-tokens"
	token := must(t, s, "POST", path, body{"email": "A@x.example"}, 201)
	check := body{"token": token["token"], "email": "a@x.example"}
	refused(t, s, "POST", path+"/verify", check, 400, "one_time_token.email_mismatch")
	check["email"] = "A@x.example"
	must(t, s, "POST", path+"/verify", check, 200)
	refused(t, s, "POST", path+"/verify", check, 400, "one_time_token.token_consumed")
	status := path + "/" + token["id"].(string) + "/status"
	refused(t, s, "PUT", status, body{"status": "active"}, 400, "one_time_token.cannot_reactivate_token")
	must(t, s, "PUT", status, body{"status": "revoked"}, 200)
}
