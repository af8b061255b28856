// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

type body = map[string]any

// made creates an object and returns its ID.
func made(t *testing.T, s *engine.Server, path string, in body, status int) string {
	t.Helper()
	id, ok := must(t, s, "POST", path, in, status)["id"].(string)
	if !ok {
		t.Fatalf("POST %s: no id", path)
	}
	return id
}

// refused wants a status and an error code.
func refused(t *testing.T, s *engine.Server, method, path string, in any, status int, code string) {
	t.Helper()
	if got := must(t, s, method, path, in, status)["code"]; got != code {
		t.Fatalf("%s %s: code %v, want %s", method, path, got, code)
	}
}

// listOf wants 200 and returns one member of every row, sorted.
func listOf(t *testing.T, s *engine.Server, path, key string) []string {
	t.Helper()
	status, answer := s.Do("GET", path, nil)
	rows, ok := answer.([]any)
	if status != 200 || !ok {
		t.Fatalf("GET %s: %d %v", path, status, answer)
	}
	out := []string{}
	for _, row := range rows {
		object, _ := row.(map[string]any)
		out = append(out, fmt.Sprint(object[key]))
	}
	slices.Sort(out)
	return out
}

func sameIDs(t *testing.T, s *engine.Server, path string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := listOf(t, s, path, "id"); !slices.Equal(got, want) {
		t.Fatalf("GET %s: %v, want %v", path, got, want)
	}
}

func TestOrganizationMembers(t *testing.T) {
	t.Parallel()
	s := NewServer()
	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	ann := made(t, s, "/api/users", body{"username": "ann"}, 200)
	bob := made(t, s, "/api/users", body{"username": "bob"}, 200)
	role := made(t, s, "/api/organization-roles", body{"name": "r"}, 201)
	machine := made(t, s, "/api/organization-roles", body{"name": "m", "type": "MachineToMachine"}, 201)
	members := "/api/organizations/" + organization + "/users"
	annRoles := members + "/" + ann + "/roles"

	sameIDs(t, s, "/api/organizations/nope/users")
	must(t, s, "PUT", "/api/organizations/nope/users", body{"userIds": []string{}}, 204)
	refused(t, s, "POST", "/api/organizations/nope/users", body{"userIds": []string{ann}}, 422, "entity.relation_foreign_key_not_found")
	refused(t, s, "GET", annRoles, nil, 422, "organization.require_membership")

	// A refused addition adds nobody, a refused replacement changes nothing.
	missing := "entity.relation_foreign_key_not_found"
	refused(t, s, "POST", members, body{"userIds": []string{ann, "nope"}}, 422, missing)
	sameIDs(t, s, members)
	must(t, s, "POST", members, body{"userIds": []string{ann, ann}}, 201)
	refused(t, s, "PUT", members, body{"userIds": []string{bob, "nope"}}, 422, missing)
	sameIDs(t, s, members, ann)

	// Roles of those who stay stay; leaving takes them away for good.
	must(t, s, "PUT", annRoles, body{"organizationRoleIds": []string{role, role}}, 204)
	must(t, s, "PUT", members, body{"userIds": []string{bob, ann}}, 204)
	sameIDs(t, s, annRoles, role)
	refused(t, s, "PUT", annRoles, body{"organizationRoleIds": []string{machine}}, 422, "entity.db_constraint_violated")
	sameIDs(t, s, annRoles, role)
	must(t, s, "POST", annRoles, body{}, 201)
	sameIDs(t, s, annRoles, role)
	must(t, s, "PUT", annRoles, body{}, 204)
	sameIDs(t, s, annRoles)
	must(t, s, "POST", annRoles, body{"organizationRoleNames": []string{"r"}}, 201)
	must(t, s, "DELETE", members+"/"+ann, nil, 204)
	must(t, s, "POST", members, body{"userIds": []string{ann}}, 201)
	sameIDs(t, s, annRoles)
}

func TestOrganizationApplicationsCannotBeClearedOfRoles(t *testing.T) {
	t.Parallel()
	s := NewServer()
	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	machine := made(t, s, "/api/applications", body{"name": "a", "type": "MachineToMachine"}, 200)
	web := made(t, s, "/api/applications", body{"name": "w", "type": "SPA"}, 200)
	role := made(t, s, "/api/organization-roles", body{"name": "m", "type": "MachineToMachine"}, 201)
	members := "/api/organizations/" + organization + "/applications"
	roles := members + "/" + machine + "/roles"

	refused(t, s, "POST", members, body{"applicationIds": []string{machine, web}}, 422, "entity.db_constraint_violated")
	sameIDs(t, s, members)
	must(t, s, "POST", members, body{"applicationIds": []string{machine}}, 201)
	refused(t, s, "PUT", roles, body{"organizationRoleIds": []string{role, role}}, 422, "entity.unique_integrity_violation")
	must(t, s, "PUT", roles, body{"organizationRoleIds": []string{role}}, 204)
	refused(t, s, "PUT", roles, body{"organizationRoleIds": []string{}}, 400, "guard.invalid_input")
	must(t, s, "DELETE", roles+"/"+role, nil, 204)
	sameIDs(t, s, roles)
}

func TestOrganizationRoleScopes(t *testing.T) {
	t.Parallel()
	s := NewServer()
	read := made(t, s, "/api/organization-scopes", body{"name": "read"}, 201)
	write := made(t, s, "/api/organization-scopes", body{"name": "write"}, 201)
	refused(t, s, "POST", "/api/organization-roles", body{"name": "r", "organizationScopeIds": []string{read, "nope"}},
		422, "entity.relation_foreign_key_not_found")
	sameIDs(t, s, "/api/organization-roles")

	role := made(t, s, "/api/organization-roles", body{"name": "r", "organizationScopeIds": []string{read, read}}, 201)
	scopes := "/api/organization-roles/" + role + "/scopes"
	must(t, s, "POST", scopes, body{"organizationScopeIds": []string{read}}, 201)
	refused(t, s, "PUT", scopes, body{"organizationScopeIds": []string{write, write}}, 422, "entity.unique_integrity_violation")
	refused(t, s, "PUT", scopes, body{"organizationScopeIds": []string{write, "nope"}}, 422, "entity.relation_foreign_key_not_found")
	sameIDs(t, s, scopes, read)
	must(t, s, "PUT", scopes, body{"organizationScopeIds": []string{write}}, 204)
	sameIDs(t, s, scopes, write)
	must(t, s, "PUT", scopes, body{"organizationScopeIds": []string{}}, 204)
	sameIDs(t, s, scopes)
	must(t, s, "PUT", "/api/organization-roles/nope/scopes", body{"organizationScopeIds": []string{}}, 204)
	refused(t, s, "GET", "/api/organization-roles/nope/scopes", nil, 404, "entity.not_found")
	refused(t, s, "GET", "/api/organization-scopes/nope", nil, 404, "entity.not_exists_with_id")
	refused(t, s, "PATCH", "/api/organization-scopes/nope", body{"name": "x"}, 404, "entity.not_exists")
}

func TestJitEmailDomains(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := "/api/organizations/" + made(t, s, "/api/organizations", body{"name": "o"}, 201) + "/jit/email-domains"
	must(t, s, "POST", path, body{"emailDomain": "A.example"}, 201)
	must(t, s, "POST", path, body{"emailDomain": "a.example"}, 201)
	refused(t, s, "POST", path, body{"emailDomain": "a.example"}, 422, "entity.unique_integrity_violation")
	refused(t, s, "PUT", path, body{"emailDomains": []string{"b.example", "b.example"}}, 422, "entity.unique_integrity_violation")
	if got := listOf(t, s, path, "emailDomain"); !slices.Equal(got, []string{"A.example", "a.example"}) {
		t.Errorf("after a refused replacement: %v", got)
	}
	must(t, s, "PUT", path, body{"emailDomains": []string{""}}, 204)
	must(t, s, "GET", path, nil, 500)
	must(t, s, "PUT", path, body{"emailDomains": []string{}}, 204)
	sameIDs(t, s, path)
	sameIDs(t, s, "/api/organizations/nope/jit/email-domains")
	refused(t, s, "GET", "/api/organizations/nope/jit/roles", nil, 404, "entity.not_exists_with_id")
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	s := NewServer()
	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	user := made(t, s, "/api/users", body{"primaryEmail": "Ann@x.example"}, 200)
	machine := made(t, s, "/api/organization-roles", body{"name": "m", "type": "MachineToMachine"}, 201)
	invite := func(invitee string, more body) body {
		in := body{"invitee": invitee, "organizationId": organization, "expiresAt": 4e12}
		maps.Copy(in, more)
		return in
	}
	const path = "/api/organization-invitations"
	refused(t, s, "POST", path, invite("ann@x.example", body{"messagePayload": body{}}), 501, "connector.not_found")
	sameIDs(t, s, path)
	id := made(t, s, path, invite("ann@x.example", body{"organizationRoleIds": []string{machine}}), 201)
	refused(t, s, "POST", path, invite("ann@x.example", nil), 422, "entity.unique_integrity_violation")
	other := made(t, s, path, invite("ANN@x.example", nil), 201)

	// A role that users cannot have is found out on acceptance, which then does nothing.
	accept := body{"status": "Accepted", "acceptedUserId": user}
	refused(t, s, "PUT", path+"/"+id+"/status", accept, 422, "entity.db_constraint_violated")
	sameIDs(t, s, "/api/organizations/"+organization+"/users")
	if status := must(t, s, "GET", path+"/"+id, nil, 200)["status"]; status != "Pending" {
		t.Errorf("status after a failed acceptance: %v", status)
	}
	must(t, s, "PUT", path+"/"+other+"/status", accept, 200)
	sameIDs(t, s, "/api/organizations/"+organization+"/users", user)
	refused(t, s, "PUT", path+"/"+other+"/status", body{"status": "Revoked"}, 422, "request.invalid_input")
	refused(t, s, "POST", path, invite("Ann@x.example", nil), 422, "request.invalid_input")
}

func TestInvitationsExpire(t *testing.T) {
	t.Parallel()
	s := NewServer()
	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	soon := float64(time.Now().UnixMilli()) + 1000
	in := body{"invitee": "ann@x.example", "organizationId": organization, "expiresAt": soon}
	id := made(t, s, "/api/organization-invitations", in, 201)
	later := time.Now().Add(2 * time.Second)
	s.Locked(func(db *engine.Store) { db.Now = func() time.Time { return later } })
	if status := must(t, s, "GET", "/api/organization-invitations/"+id, nil, 200)["status"]; status != "Expired" {
		t.Errorf("status: %v", status)
	}
	refused(t, s, "PUT", "/api/organization-invitations/"+id+"/status", body{"status": "Revoked"}, 422, "request.invalid_input")
	in["expiresAt"] = soon + 1e6
	made(t, s, "/api/organization-invitations", in, 201)
}

// TestManyMembers walks 50 organizations of 1,000 users as a client would, page by
// page. Work that grew with the square of the members would run into the time
// limit of the test.
func TestManyMembers(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const userCount, organizationCount = 1000, 50
	ids := make([]string, userCount)
	for i := range ids {
		ids[i] = made(t, s, "/api/users", body{"username": fmt.Sprintf("u%04d", i)}, 200)
	}
	slices.Sort(ids)
	for range organizationCount {
		members := "/api/organizations/" + made(t, s, "/api/organizations", body{"name": "o"}, 201) + "/users"
		must(t, s, "PUT", members, body{"userIds": ids}, 204)
		got := []string{}
		for page := range userCount / 100 {
			got = append(got, listOf(t, s, fmt.Sprintf("%s?page=%d&page_size=100", members, page+1), "id")...)
		}
		if !slices.Equal(got, ids) {
			t.Fatalf("%d members, want %d in the order of their ids", len(got), len(ids))
		}
	}
	sameIDs(t, s, "/api/users/"+ids[0]+"/organizations", listOf(t, s, "/api/organizations?page_size=100", "id")...)
}
