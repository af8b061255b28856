// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// The columns after isSuspended are not shown. The database's own constraint on
// email addresses minds letter case; the API's check before it does not.
var users = &engine.Collection{
	Name: "users", Singular: "user", IDLength: 12,
	Columns: []string{
		"tenantId", "id", "username", "primaryEmail", "primaryPhone", "name", "avatar", "customData", "identities",
		"lastSignInAt", "createdAt", "updatedAt", "profile", "applicationId", "cimdClientId", "isSuspended",
		"passwordDigest", "passwordAlgorithm", "logtoConfig", "mfaVerifications",
	},
	Defaults: engine.Object{
		{"customData", engine.Object{}}, {"identities", engine.Object{}}, {"profile", engine.Object{}}, {"isSuspended", false},
		{"logtoConfig", engine.Object{}}, {"mfaVerifications", []any{}},
	},
	Unique: []engine.Unique{
		{Columns: []string{"username"}}, {Columns: []string{"primaryEmail"}, Fold: true}, {Columns: []string{"primaryPhone"}},
	},
	MaxLength: map[string]int{
		"username": 128, "primaryEmail": 128, "primaryPhone": 128, "name": 128, "avatar": 2048,
	},
	Touch: "updatedAt",
}

func userGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{users, personalAccessTokens, sessions, grants},
		Routes: func(r *engine.Routes) {
			userRoutes(r)
			userRoleRoutes(r)
			passwordRoutes(r)
			identityRoutes(r)
			mfaRoutes(r)
			personalAccessTokenRoutes(r)
			userSessionRoutes(r)
			r.Get("/users/{userId}/organizations", organizationsOfUser)
		},
		Violations: func(v *engine.Violation) *engine.Error {
			if v.Kind == engine.UniqueViolated && v.Constraint == personalAccessTokens.Name {
				return engine.Fail(422, "user.personal_access_token_name_exists")
			}
			return engine.PlainViolation(v)
		},
	}
}

var (
	usernamePattern = regexp.MustCompile(`^[A-Z_a-z][0-9A-Z_a-z]*$`)
	emailAddress    = regexp.MustCompile(`^\S+@\S+\.\S+$`)
	phonePattern    = regexp.MustCompile(`^[0-9]+$`)
)

var (
	profileBody = engine.Fields(
		engine.Maybe("familyName", engine.String()), engine.Maybe("givenName", engine.String()), engine.Maybe("middleName", engine.String()), engine.Maybe("nickname", engine.String()),
		engine.Maybe("preferredUsername", engine.String()), engine.Maybe("profile", engine.String()), engine.Maybe("website", engine.String()), engine.Maybe("gender", engine.String()),
		engine.Maybe("birthdate", engine.String()), engine.Maybe("zoneinfo", engine.String()), engine.Maybe("locale", engine.String()),
		engine.Maybe("address", engine.Fields(
			engine.Maybe("formatted", engine.String()), engine.Maybe("streetAddress", engine.String()), engine.Maybe("locality", engine.String()),
			engine.Maybe("region", engine.String()), engine.Maybe("postalCode", engine.String()), engine.Maybe("country", engine.String()),
		)),
	)
	avatarSchema   = engine.Nullable(engine.Union(engine.String().URL(), engine.Literal("")))
	createUserBody = engine.Fields(
		engine.Maybe("primaryPhone", engine.String().Matching(phonePattern)),
		engine.Maybe("primaryEmail", engine.String().Matching(emailAddress)),
		engine.Maybe("username", engine.String().Matching(usernamePattern)),
		engine.Maybe("password", engine.Text(0)),
		engine.Maybe("passwordDigest", engine.String().Max(256)),
		engine.Maybe("passwordAlgorithm", engine.NativeEnum(passwordAlgorithms()...)),
		engine.Maybe("name", engine.String()),
		engine.Maybe("avatar", avatarSchema),
		engine.Maybe("customData", engine.JSONObject()),
		engine.Maybe("profile", profileBody),
	)
	patchUserBody = engine.Fields(
		engine.Maybe("username", clearable(usernamePattern)),
		engine.Maybe("primaryEmail", clearable(emailAddress)),
		engine.Maybe("primaryPhone", clearable(phonePattern)),
		engine.Maybe("name", engine.Nullable(engine.Union(engine.String(), engine.Literal("")))),
		engine.Maybe("avatar", avatarSchema),
		engine.Maybe("customData", engine.JSONObject()),
		engine.Maybe("profile", profileBody),
	)
)

// clearable is a pattern that null and "" pass too.
func clearable(re *regexp.Regexp) engine.Schema {
	return engine.Nullable(engine.Union(engine.String().Matching(re), engine.Literal("")))
}

func userRoutes(r *engine.Routes) {
	const one = "/users/{userId}"
	r.Get("/users", listUsers).Paged(engine.AlwaysPaged)
	r.Post("/users", 200, createUser)
	r.Get(one, getUser)
	r.Patch(one, updateUser)
	r.Delete(one, func(c *engine.Context) (any, error) {
		if c.Param("userId") == c.Caller {
			return nil, engine.Fail(400, "user.cannot_delete_self") // the caller is an application, but this comes first
		}
		return nil, c.DB.Remove(users, c.Param("userId"))
	})
	r.Patch(one+"/is-suspended", func(c *engine.Context) (any, error) {
		return changeUser(c, engine.Fields(engine.Required("isSuspended", engine.Boolean())), func(row, in engine.Object) (engine.Object, error) {
			if in.Flag("isSuspended") {
				c.DB.RemoveWhere(sessions, "accountId", row.Str("id"))
			}
			return in, nil
		})
	})

	r.Get(one+"/custom-data", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		return row.Obj("customData"), err
	})
	r.Patch(one+"/custom-data", mergeUserColumn("customData", engine.JSONObject(), engine.JSONB))
	r.Patch(one+"/profile", mergeUserColumn("profile", profileBody, func(v any) any {
		var is engine.Issues
		sorted, _ := profileBody.Check(v, nil, &is) // in the order of the schema
		return sorted
	}))
	r.Get(one+"/logto-configs", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		return logtoConfigView(row.Obj("logtoConfig")), err
	})
	r.Patch(one+"/logto-configs", updateLogtoConfig)
}

func userSearchColumns() []string {
	return []string{"id", "primaryEmail", "primaryPhone", "username", "name"}
}

// userInfo is how the lists of members show a user.
func userInfo(row engine.Object) engine.Object {
	return row.Without("tenantId", "passwordDigest", "passwordAlgorithm", "logtoConfig", "mfaVerifications")
}

// userProfile is how the other routes show a user.
func userProfile(row engine.Object) engine.Object {
	return userInfo(row).With("hasPassword", row.Get("passwordDigest") != nil)
}

// changeUser updates the user of the path with what change makes of the row and
// the body, and answers the user.
func changeUser(c *engine.Context, body engine.Schema, change func(row, in engine.Object) (engine.Object, error)) (any, error) {
	in, err := c.Input(body)
	if err != nil {
		return nil, err
	}
	row, err := found(c.DB, users, c.Param("userId"))
	if err != nil {
		return nil, err
	}
	changes, err := change(row, in)
	if err != nil {
		return nil, err
	}
	row, err = users.Answers(c.DB.Update(users, changes, row.Str("id")))
	if err != nil {
		return nil, err
	}
	return userProfile(row), nil
}

func listUsers(c *engine.Context) (any, error) {
	role, organization := engine.Lookup(c.Query, "excludeRoleId"), engine.Lookup(c.Query, "excludeOrganizationId")
	if role != "" && organization != "" {
		return nil, engine.InvalidRequest(400, "excludeRoleId and excludeOrganizationId exclude each other")
	}
	s, err := c.Search(userSearchColumns()...)
	if err != nil {
		return nil, err
	}
	rows, err := users.AnswersAll(c.PageOf(engine.Filter(c.DB.Newest(users), func(row engine.Object) bool {
		id := row.Str("id")
		return s.Keep(row) && (role == "" || !c.DB.Exists(usersRoles, id, role)) &&
			(organization == "" || !c.DB.Exists(organizationUsers, organization, id))
	})))
	if err != nil {
		return nil, err
	}
	withHash := wantsHash(c, engine.Lookup(c.Query, "includePasswordHash"))
	return engine.Map(rows, func(row engine.Object) engine.Object { return userWithHash(row, withHash) }), nil
}

// wantsHash reads includePasswordHash, which Logto has since 1.38.
func wantsHash(c *engine.Context, asked string) bool {
	return engine.IsTrue(asked) && !c.Server.Before("1.38")
}

func userWithHash(row engine.Object, withHash bool) engine.Object {
	out := userProfile(row)
	if withHash {
		out = out.Merge(row.Pick("passwordDigest", "passwordAlgorithm"))
	}
	return out
}

func getUser(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("includeSsoIdentities", engine.String()), engine.Maybe("includePasswordHash", engine.String())))
	if err != nil {
		return nil, err
	}
	row, err := users.Answers(found(c.DB, users, c.Param("userId")))
	if err != nil {
		return nil, err
	}
	out := userWithHash(row, wantsHash(c, query.Str("includePasswordHash")))
	if engine.IsTrue(query.Str("includeSsoIdentities")) {
		out = out.With("ssoIdentities", []any{}) // they come from sign-ins, of which there are none here
	}
	return out, nil
}

func createUser(c *engine.Context) (any, error) {
	in, err := c.Input(createUserBody)
	if err != nil {
		return nil, err
	}
	digest, algorithm := in.Str("passwordDigest"), in.Str("passwordAlgorithm")
	if in.Has("password") && digest != "" {
		return nil, engine.Fail(400, "user.password_and_digest")
	}
	if digest != "" && algorithm == "" {
		return nil, engine.Fail(400, "user.password_algorithm_required")
	}
	if err := identifierFree(c.DB, in, "", "username", "primaryEmail", "primaryPhone"); err != nil {
		return nil, err
	}
	if algorithm == legacyPassword {
		if _, err := parseLegacyPassword(digest); err != nil {
			return nil, err
		}
	}
	if in, err = withParsedPhone(in); err != nil {
		return nil, err
	}
	values := in.Without("password", "passwordDigest", "passwordAlgorithm")
	switch {
	case in.Has("password"):
		values = values.Merge(hashed(in.Str("password")))
	case digest != "":
		values = values.Merge(in.Pick("passwordDigest", "passwordAlgorithm"))
	}
	var row engine.Object
	err = c.DB.Atomically(func() error {
		if row, err = c.DB.Insert(users, values); err != nil {
			return err
		}
		return giveDefaultRoles(c.DB, row.Str("id"))
	})
	if row, err = users.Answers(row, err); err != nil {
		return nil, err
	}
	return userProfile(row), nil
}

func updateUser(c *engine.Context) (any, error) {
	return changeUser(c, patchUserBody, func(row, in engine.Object) (engine.Object, error) {
		if err := identifierFree(c.DB, in, row.Str("id"), "primaryEmail", "primaryPhone", "username"); err != nil {
			return nil, err
		}
		return withParsedPhone(in)
	})
}

// identifierFree refuses identifiers, in the order given, that another user has.
func identifierFree(db *engine.Store, in engine.Object, self string, columns ...string) error {
	taken := map[string]string{
		"username": "user.username_already_in_use", "primaryEmail": "user.email_already_in_use",
		"primaryPhone": "user.phone_already_in_use",
	}
	for _, column := range columns {
		value := in.Str(column)
		if column == "primaryPhone" {
			if number, ok := parsePhone(value); ok {
				value = number
			}
		}
		if value == "" {
			continue
		}
		other, ok := db.FindUnique(users, []string{column}, value)
		if !ok && column == "username" && !usernamesMindCase(db) {
			other, ok = userNamed(db, value, self)
		}
		if ok && other.Str("id") != self {
			return engine.Fail(422, taken[column])
		}
	}
	return nil
}

func usernamesMindCase(db *engine.Store) bool {
	experience, ok := db.Find(signInExperiences, engine.TenantID)
	return !ok || experience.Obj("usernamePolicy").Flag("caseSensitive")
}

// userNamed finds another user by name, whatever the letter case.
func userNamed(db *engine.Store, name, self string) (engine.Object, bool) {
	for _, row := range db.All(users) {
		if row.Str("id") != self && strings.EqualFold(row.Str("username"), name) {
			return row, true
		}
	}
	return nil, false
}

func withParsedPhone(in engine.Object) (engine.Object, error) {
	phone := in.Str("primaryPhone")
	if phone == "" {
		return in, nil
	}
	number, ok := parsePhone(phone)
	if !ok {
		return nil, engine.Fail(422, "user.invalid_phone", engine.Object{{"name", "ParseError"}})
	}
	return in.With("primaryPhone", number), nil
}

// mergeUserColumn replaces the first-level keys that the body gives and answers the column.
func mergeUserColumn(column string, s engine.Schema, order func(any) any) engine.Handler {
	return func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required(column, s)))
		if err != nil {
			return nil, err
		}
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		merged := order(row.Obj(column).Merge(in.Obj(column)))
		if row, err = c.DB.Update(users, engine.Object{{column, merged}}, row.Str("id")); err != nil {
			return nil, err
		}
		return row.Obj(column), nil
	}
}

// logtoConfigView leaves mfa.enabled out until it is set.
func logtoConfigView(config engine.Object) engine.Object {
	mfa, passkey := config.Obj("mfa"), config.Obj("passkeySignIn")
	return engine.Object{
		{"mfa", append(mfa.Pick("enabled"),
			engine.Member{"skipped", mfa.Flag("skipped")}, engine.Member{"skipMfaOnSignIn", mfa.Flag("skipMfaOnSignIn")})},
		{"passkeySignIn", engine.Object{{"skipped", passkey.Flag("skipped")}}},
	}
}

var (
	logtoConfigPatch = engine.Fields(
		engine.Maybe("mfa", engine.Fields(
			engine.Maybe("enabled", engine.Boolean()), engine.Maybe("skipped", engine.Boolean()),
			engine.Maybe("additionalBindingSuggestionSkipped", engine.Boolean()), engine.Maybe("skipMfaOnSignIn", engine.Boolean()),
		)),
		engine.Maybe("passkeySignIn", engine.Fields(engine.Maybe("skipped", engine.Boolean()))),
	)
	// oldLogtoConfigPatch is what a Logto before 1.38 takes: all of it.
	oldLogtoConfigPatch = engine.Fields(
		engine.Required("mfa", engine.Fields(engine.Required("skipped", engine.Boolean()), engine.Required("skipMfaOnSignIn", engine.Boolean()))),
		engine.Required("passkeySignIn", engine.Fields(engine.Required("skipped", engine.Boolean()))),
	)
)

func updateLogtoConfig(c *engine.Context) (any, error) {
	body := logtoConfigPatch
	if c.Server.Before("1.38") {
		body = oldLogtoConfigPatch
	}
	in, err := c.Input(body)
	if err != nil {
		return nil, err
	}
	row, err := found(c.DB, users, c.Param("userId"))
	if err != nil {
		return nil, err
	}
	config := row.Obj("logtoConfig")
	for _, key := range []string{"mfa", "passkeySignIn"} {
		config = config.With(key, config.Obj(key).Merge(in.Obj(key)))
	}
	if _, err := c.DB.Update(users, engine.Object{{"logtoConfig", config}}, row.Str("id")); err != nil {
		return nil, err
	}
	return logtoConfigView(config), nil
}
