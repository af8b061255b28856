// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// User is a person who signs in to the tenant's applications.
type User struct {
	ID string `json:"id"`
	UserInput
	IsSuspended bool                    `json:"isSuspended"`
	Identities  map[string]IdentityBody `json:"identities"` // by target
}

// UserInput is what can be written of a [User]. Nothing is required. A password
// is taken by the create only; later [Client.SetUserPassword] sets it.
type UserInput struct {
	Username     *string         `json:"username,omitempty"`
	PrimaryEmail *string         `json:"primaryEmail,omitempty"`
	PrimaryPhone *string         `json:"primaryPhone,omitempty"` // digits, see [SamePhone]
	Name         *string         `json:"name,omitempty"`
	Avatar       *string         `json:"avatar,omitempty"`
	CustomData   json.RawMessage `json:"customData,omitempty"` // an object
	Profile      UserProfile     `json:"profile"`
	NewPassword
}

// NewPassword is a password, or the digest that another system made of it.
type NewPassword struct {
	Password          *string `json:"password,omitempty"`
	PasswordDigest    *string `json:"passwordDigest,omitempty"`
	PasswordAlgorithm *string `json:"passwordAlgorithm,omitempty"`
}

// UserProfile is the claims about a user.
type UserProfile struct {
	ProfileClaims
	Address *UserAddress `json:"address,omitempty"`
}

// ProfileClaims are the standard claims of OpenID Connect that are plain texts.
type ProfileClaims struct {
	FamilyName        *string `json:"familyName,omitempty"`
	GivenName         *string `json:"givenName,omitempty"`
	MiddleName        *string `json:"middleName,omitempty"`
	Nickname          *string `json:"nickname,omitempty"`
	PreferredUsername *string `json:"preferredUsername,omitempty"`
	Profile           *string `json:"profile,omitempty"`
	Website           *string `json:"website,omitempty"`
	Gender            *string `json:"gender,omitempty"`
	Birthdate         *string `json:"birthdate,omitempty"`
	Zoneinfo          *string `json:"zoneinfo,omitempty"`
	Locale            *string `json:"locale,omitempty"`
}

// UserAddress is the address claim of OpenID Connect.
type UserAddress struct {
	Formatted     *string `json:"formatted,omitempty"`
	StreetAddress *string `json:"streetAddress,omitempty"`
	Locality      *string `json:"locality,omitempty"`
	Region        *string `json:"region,omitempty"`
	PostalCode    *string `json:"postalCode,omitempty"`
	Country       *string `json:"country,omitempty"`
}

// users is the list that carries all users under their ids, and their
// identities under identityKey.
var users = &source{
	listing: listing{path: path("users"), paged: true},
	index: func(element json.RawMessage, put func(string, json.RawMessage)) error {
		var u struct {
			ID         string                     `json:"id"`
			Identities map[string]json.RawMessage `json:"identities"`
		}
		if err := json.Unmarshal(element, &u); err != nil {
			return err
		}
		put(u.ID, element)
		for target, identity := range u.Identities {
			put(identityKey(u.ID, target), identity)
		}
		return nil
	},
}

func identityKey(user, target string) string { return user + "/" + target }

// Users are the tenant's users: /users. What the API merges by endpoints of its
// own, custom data and profile, is replaced here, so that keys can be removed.
func (c *Client) Users() *Collection[User, UserInput] {
	return &Collection[User, UserInput]{
		c:      c,
		path:   func([]string) string { return path("users") },
		list:   func([]string) listing { return users.listing },
		source: func(k Key) (*source, string) { return users, k.ID() },
		search: userSearch,
		same:   sameUser,
		whole:  []string{"customData"},
		has:    []string{"isSuspended"},
		keeps:  []string{"username", "primaryEmail"},
	}
}

// userSearch finds the user that in made by what is unique in the tenant. One
// who has nothing of the kind is among the newest, which come first.
func userSearch(in UserInput) url.Values {
	switch {
	case in.Username != nil:
		return ExactSearch("username", *in.Username)
	case in.PrimaryEmail != nil:
		return ByEmail(*in.PrimaryEmail)
	case in.PrimaryPhone != nil:
		return ByPhoneSuffix(*in.PrimaryPhone)
	}
	return newestPage()
}

// ByEmail is the search for the user with an email address, whatever the case
// of its letters.
func ByEmail(email string) url.Values {
	return url.Values{"search.primaryEmail": {email}, "mode.primaryEmail": {"exact"}}
}

// ByPhoneSuffix is the search for the users who may have a phone number: those with
// its end, because of [SamePhone].
func ByPhoneSuffix(phone string) url.Values {
	const end = 4
	return url.Values{"search.primaryPhone": {"%" + phone[max(0, len(phone)-end):]}}
}

func sameUser(in UserInput, u *User) bool {
	if in.PrimaryPhone != nil && u.PrimaryPhone != nil && SamePhone(*in.PrimaryPhone, *u.PrimaryPhone) {
		in.PrimaryPhone = u.PrimaryPhone
	}
	in.NewPassword = NewPassword{} // never answered
	return holds(u.UserInput, in)
}

// SamePhone reports whether the API makes the same number of both: it leaves
// out the digits, mostly a 0, that are dialled before a number at home only, so
// 4407911123456 becomes 447911123456.
func SamePhone(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	const callingCode, dialledAtHome = 3, 3 // digits at most
	trunk := len(a) - len(b)
	if trunk == 0 || trunk > dialledAtHome {
		return a == b
	}
	for code := 1; code <= callingCode && code+trunk < len(a); code++ {
		if a[:code]+a[code+trunk:] == b {
			return true
		}
	}
	return false
}

// SetUserPassword gives a user another password: PATCH /users/{id}/password. It
// ends that the old one counts as expired.
func (c *Client) SetUserPassword(ctx context.Context, user, password string) error {
	return c.do(ctx, request{method: http.MethodPatch, path: path("users", user, "password"), body: map[string]string{"password": password}, is: map[string]string{"id": user}}, nil)
}

// SetUserSuspended keeps a user from signing in, and ends their sessions, or
// lets them in again: PATCH /users/{id}/is-suspended.
func (c *Client) SetUserSuspended(ctx context.Context, user string, suspended bool) error {
	return c.do(ctx, request{method: http.MethodPatch, path: path("users", user, "is-suspended"), body: map[string]bool{"isSuspended": suspended}, is: map[string]string{"id": user}}, nil)
}

// UserConfigs are the settings of one user's sign-in. The API fills in all but
// MFA.Enabled, which it lacks until it was set.
type UserConfigs struct {
	MFA struct {
		Enabled         *bool `json:"enabled,omitempty"`
		Skipped         *bool `json:"skipped,omitempty"`
		SkipMFAOnSignIn *bool `json:"skipMfaOnSignIn,omitempty"`
	} `json:"mfa"`
	PasskeySignIn struct {
		Skipped *bool `json:"skipped,omitempty"`
	} `json:"passkeySignIn"`
}

// UserConfigs returns a user's settings: GET /users/{id}/logto-configs.
func (c *Client) UserConfigs(ctx context.Context, user string) (*UserConfigs, error) {
	configs := new(UserConfigs)
	return configs, c.do(ctx, request{method: http.MethodGet, path: path("users", user, "logto-configs"), has: []string{"mfa"}}, configs)
}

// SetUserConfigs changes the settings that are not nil: PATCH /users/{id}/logto-configs.
// Logto before 1.38 asks for all that it knows, which is then filled in with what the
// user has.
func (c *Client) SetUserConfigs(ctx context.Context, user string, configs UserConfigs) error {
	write := request{method: http.MethodPatch, path: path("users", user, "logto-configs"), body: configs, has: []string{"mfa"}}
	err := c.do(ctx, write, nil)
	if !HasCode(err, "guard.invalid_input") {
		return err
	}
	has, readErr := c.UserConfigs(ctx, user)
	if readErr != nil {
		return err
	}
	configs.MFA.Skipped = cmp.Or(configs.MFA.Skipped, has.MFA.Skipped)
	configs.MFA.SkipMFAOnSignIn = cmp.Or(configs.MFA.SkipMFAOnSignIn, has.MFA.SkipMFAOnSignIn)
	configs.PasskeySignIn.Skipped = cmp.Or(configs.PasskeySignIn.Skipped, has.PasskeySignIn.Skipped)
	write.body = configs
	return c.do(ctx, write, nil)
}

// UserRoles link users to roles: /users/{id}/roles. Its PUT is never used: it
// removes roles before it refuses others. One user's links are written one
// after another, because the API fails where a role is given twice at once.
func (c *Client) UserRoles() *Links {
	at := func(user string) string { return path("users", user, "roles") }
	return &Links{
		c:    c,
		path: at,
		list: func(user string) listing { return listing{path: at(user), paged: true} },
		body: func(roles []string) any { return map[string]any{"roleIds": roles} },
	}
}
