// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// The numbers are what a real Logto makes of each.
func TestSamePhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given, stored string
		same          bool
	}{
		{"447911123456", "447911123456", true},
		{"4407911123456", "447911123456", true},
		{"6104123456780", "614123456780", true},
		{"780012345678", "70012345678", true},
		{"360612345678", "3612345678", true},
		{"112025550123", "12025550123", true},
		{"55015119912345678", "55119912345678", true},
		{"88001234567", "8801234567", true},
		{"447911123456", "447911123457", false},
		{"4407911123456", "447911123457", false},
		{"447911123456", "44791112345", false},
		{"12025550123", "0123", false},
		{"", "447911123456", false},
		{"1", "", false},
	} {
		if got := logto.SamePhone(c.given, c.stored); got != c.same {
			t.Errorf("SamePhone(%q, %q) = %v", c.given, c.stored, got)
		}
		if logto.SamePhone(c.given, c.stored) != logto.SamePhone(c.stored, c.given) {
			t.Errorf("SamePhone(%q, %q) depends on the order", c.given, c.stored)
		}
	}
}

// Whatever a user is known by, a create whose answer is lost adopts what it
// made, and reads a page at most of a tenant of many users.
func TestLostUserIsFound(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]logto.UserInput{
		"username": {Username: new("jane"), PrimaryEmail: new("jane@example.com")},
		"email":    {PrimaryEmail: new("Jane@Example.com")},
		"phone":    {PrimaryPhone: new("4407911123456")},
		"nothing":  {Name: new("Jane"), NewPassword: logto.NewPassword{Password: new("a long word")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			for i := range 130 {
				s.Do(http.MethodPost, "/api/users", map[string]any{"username": fmt.Sprint("u", i), "name": "Jane"})
			}
			before := s.Rows()["users"]
			s.Inject(fakelogto.Fault{Method: http.MethodPost, Path: "/api/users", Times: 1, Drop: fakelogto.DropAfter})
			u, err := connect(t, s).Users().Create(t.Context(), logto.Key{""}, in)
			if err != nil {
				t.Fatal(err)
			}
			if status, _ := s.Do(http.MethodGet, "/api/users/"+u.ID, nil); status != http.StatusOK {
				t.Errorf("the user %s does not exist", u.ID)
			}
			if n := s.Rows()["users"] - before; n != 1 {
				t.Errorf("%d users were made", n)
			}
			lists := 0
			for _, c := range s.Calls() {
				if c.Operation == "GET /api/users" {
					lists++
				}
			}
			if lists != 1 {
				t.Errorf("%d pages of users were read", lists)
			}
		})
	}
}

// Twins without anything unique, made at once, lose their answers: each call
// has a user of its own in the end.
func TestLostTwinsAreTold(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	if err := c.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Inject(fakelogto.Fault{Method: http.MethodPost, Path: "/api/users", Times: 3, Drop: fakelogto.DropAfter})
	ids := make([]string, 6)
	together(t, len(ids), func(i int) error {
		u, err := c.Users().Create(t.Context(), logto.Key{""}, logto.UserInput{Name: new("twin")})
		if err == nil {
			ids[i] = u.ID
		}
		return err
	})
	different := map[string]bool{}
	for _, id := range ids {
		different[id] = true
	}
	if len(different) != len(ids) || s.Rows()["users"] != len(ids) {
		t.Errorf("%d calls have %d users, and %d exist", len(ids), len(different), s.Rows()["users"])
	}
}

// The ID of the caller is refused, also when no user has it, and that is not
// taken for a user that is gone.
func TestOwnIDIsNotDeleted(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	err := connect(t, s).Users().Delete(t.Context(), logto.Key{fakelogto.AppID})
	if !logto.HasCode(err, "user.cannot_delete_self") || logto.IsNotFound(err) {
		t.Errorf("the error is %v", err)
	}
}

// A second rename would not find the old name.
func TestRenameWithLostAnswer(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	u, err := c.Users().Create(t.Context(), logto.Key{""}, logto.UserInput{})
	if err != nil {
		t.Fatal(err)
	}
	tokens := c.PersonalAccessTokens()
	old := logto.PersonalAccessTokenInput{Name: "a/b"}
	made, err := tokens.Create(t.Context(), logto.Key{u.ID, old.Name}, old)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []fakelogto.Fault{{Drop: fakelogto.DropAfter}, {Drop: fakelogto.DropBefore}, {Status: http.StatusServiceUnavailable}, {Status: http.StatusBadGateway, After: true}} {
		f.Method, f.Path, f.Times = http.MethodPatch, "/api/users/*/personal-access-tokens", 1
		s.Inject(f)
		renamed := logto.PersonalAccessTokenInput{Name: old.Name + "/c"}
		got, err := tokens.Update(t.Context(), logto.Key{u.ID, old.Name}, old, renamed)
		if err != nil {
			t.Fatal(err)
		}
		if got.Name != renamed.Name || got.Value != made.Value {
			t.Errorf("renamed to %+v", got)
		}
		old = renamed
	}
	if n := s.Rows()["personal_access_tokens"]; n != 1 {
		t.Errorf("%d tokens", n)
	}
	if _, err := tokens.Update(t.Context(), logto.Key{u.ID, "gone"}, logto.PersonalAccessTokenInput{Name: "gone"}, logto.PersonalAccessTokenInput{Name: "x"}); !logto.IsNotFound(err) {
		t.Errorf("renaming what is gone: %v", err)
	}
}
