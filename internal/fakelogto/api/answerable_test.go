// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// between is a text that fits a column of limit characters and is longer than that
// for JavaScript.
func between(limit int, before string) string {
	return before + strings.Repeat("x", limit-7-len(before)) + strings.Repeat("\U0001F600", 7)
}

// atLimit has just as many code units, with emoji.
func atLimit(limit int) string { return strings.Repeat("\U0001F600", limit/2) }

// A text that the database takes and no answer may hold is stored and breaks
// every answer with it.
func TestTextsThatNoAnswerMayHold(t *testing.T) {
	t.Parallel()
	field := func(more map[string]any) map[string]any {
		out := map[string]any{"name": "f", "type": "Text", "required": false}
		maps.Copy(out, more)
		return out
	}
	const pages = "/api/.well-known/sign-in-exp"
	for name, tc := range map[string]struct {
		method, path string
		ok, bad      any
		status       int // of the bad one
		broken       []string
	}{
		"description of a field": {"POST", "/api/custom-profile-fields", field(map[string]any{"description": atLimit(256)}),
			field(map[string]any{"description": between(256, "")}), 500, []string{"/api/custom-profile-fields", "/api/custom-profile-fields/f", pages}},
		"label of a field": {"POST", "/api/custom-profile-fields", field(map[string]any{"label": atLimit(128)}),
			field(map[string]any{"label": between(128, "")}), 500, []string{"/api/custom-profile-fields", pages}},
		"placeholder of a field": {"POST", "/api/custom-profile-fields", field(map[string]any{"config": map[string]any{"placeholder": atLimit(256)}}),
			field(map[string]any{"config": map[string]any{"placeholder": strings.Repeat("x", 257)}}), 500, []string{"/api/custom-profile-fields", pages}},
		"terms": {"PATCH", "/api/sign-in-exp", map[string]any{"termsOfUseUrl": "https://a.example.com/" + atLimit(2048-22)},
			map[string]any{"termsOfUseUrl": between(2048, "https://a.example.com/")}, 500, []string{"/api/sign-in-exp", pages, "/api/.well-known/experience"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := NewServer()
			want := map[string]int{"POST": 201, "PATCH": 200}[tc.method]
			must(t, good, tc.method, tc.path, tc.ok, want)
			must(t, good, "GET", pages, nil, 200)
			s := NewServer()
			must(t, s, tc.method, tc.path, tc.bad, tc.status)
			for _, path := range tc.broken {
				must(t, s, "GET", path, nil, 500)
			}
		})
	}
}

func TestUsersThatNoAnswerMayHold(t *testing.T) {
	t.Parallel()
	s := NewServer()
	id := must(t, s, "POST", "/api/users", map[string]any{"username": "ann", "name": atLimit(128)}, 200).str("id")
	role := must(t, s, "POST", "/api/roles", map[string]any{"name": "r", "description": "d"}, 200).str("id")
	organization := must(t, s, "POST", "/api/organizations", map[string]any{"name": "o"}, 201).str("id")
	must(t, s, "POST", "/api/users/"+id+"/roles", map[string]any{"roleIds": []string{role}}, 201)
	must(t, s, "POST", "/api/organizations/"+organization+"/users", map[string]any{"userIds": []string{id}}, 201)
	must(t, s, "PATCH", "/api/users/"+id, map[string]any{"name": between(128, "")}, 500)
	for _, path := range []string{
		"/api/users/" + id, "/api/users", "/api/roles?type=User", "/api/roles/" + role + "/users",
		"/api/organizations/" + organization + "/users", "/api/organizations?showFeatured=1",
	} {
		must(t, s, "GET", path, nil, 500)
	}
	must(t, s, "PATCH", "/api/users/"+id, map[string]any{"username": "bob"}, 500)
	if status, _ := s.Do("GET", "/api/users/"+id+"/roles", nil); status != 200 {
		t.Errorf("roles of the user: %d", status)
	}
	// The way out is to write another text, or to delete the user.
	must(t, s, "PATCH", "/api/users/"+id, map[string]any{"name": "Ann"}, 200)
	must(t, s, "GET", "/api/users/"+id, nil, 200)
	for _, more := range []map[string]any{
		{"primaryEmail": between(128-len("@a.example.com"), "") + "@a.example.com"}, {"avatar": between(2048, "https://a.example.com/")},
	} {
		must(t, s, "POST", "/api/users", more, 500)
	}
	must(t, s, "POST", "/api/users", map[string]any{"name": strings.Repeat("x", 129)}, 422)
}

func TestDomainsThatNoAnswerMayHold(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := "/api/organizations/" + must(t, s, "POST", "/api/organizations", map[string]any{"name": "o"}, 201).str("id") + "/jit/email-domains"
	must(t, s, "PUT", path, map[string]any{"emailDomains": []string{between(128, "")}}, 204)
	must(t, s, "GET", path, nil, 500)
	must(t, s, "PUT", path, map[string]any{"emailDomains": []string{"a.example.com"}}, 204)
	must(t, s, "POST", path, map[string]any{"emailDomain": between(128, "")}, 500)
	must(t, s, "GET", path, nil, 500)
}

// Two resources that become the default at once are one too many for the database.
func TestTwoDefaultResourcesAtOnce(t *testing.T) {
	t.Parallel()
	s := NewServer()
	var paths []string
	for _, name := range []string{"a", "b"} {
		made := must(t, s, "POST", "/api/resources", map[string]any{"name": name, "indicator": "https://api.example.com/" + name}, 201)
		paths = append(paths, "/api/resources/"+made.str("id")+"/is-default")
	}
	for _, path := range append(paths, paths...) { // one after the other all is well
		must(t, s, "PATCH", path, map[string]any{"isDefault": true}, 200)
	}
	call := func(path string) engine.Request {
		return engine.Request{
			Method: "PATCH", Path: path, Trusted: true, ContentType: "application/json",
			Body: []byte(`{"isDefault":true}`), Arrived: s.Tick(),
		}
	}
	first, second := call(paths[0]), call(paths[1])
	if got := []int{s.Serve(first).Status, s.Serve(second).Status}; !slices.Equal(got, []int{200, 500}) {
		t.Errorf("statuses %v", got)
	}
	must(t, s, "PATCH", paths[1], map[string]any{"isDefault": true}, 200)
}
