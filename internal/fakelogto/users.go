// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
	"strings"
)

// The columns after isSuspended are not shown. The database's own constraint on
// email addresses minds letter case; the API's check before it does not.
var users = &collection{
	name: "users", singular: "user", idLength: 12,
	columns: []string{
		"tenantId", "id", "username", "primaryEmail", "primaryPhone", "name", "avatar", "customData", "identities",
		"lastSignInAt", "createdAt", "updatedAt", "profile", "applicationId", "cimdClientId", "isSuspended",
		"passwordDigest", "passwordAlgorithm", "logtoConfig", "mfaVerifications",
	},
	defaults: object{
		{"customData", object{}}, {"identities", object{}}, {"profile", object{}}, {"isSuspended", false},
		{"logtoConfig", object{}}, {"mfaVerifications", []any{}},
	},
	unique: []unique{
		{columns: []string{"username"}}, {columns: []string{"primaryEmail"}, fold: true}, {columns: []string{"primaryPhone"}},
	},
	maxLength: map[string]int{
		"username": 128, "primaryEmail": 128, "primaryPhone": 128, "name": 128, "avatar": 2048,
	},
	touch: "updatedAt",
}

func userGroup() group {
	return group{
		collections: []*collection{users, personalAccessTokens, sessions, grants, ssoIdentities},
		routes: func(r *routes) {
			userRoutes(r)
			userRoleRoutes(r)
			passwordRoutes(r)
			identityRoutes(r)
			mfaRoutes(r)
			personalAccessTokenRoutes(r)
			userSessionRoutes(r)
			r.get("/users/{userId}/organizations", organizationsOfUser)
		},
		violations: func(v *violation) *apiError {
			if v.kind == uniqueViolated && v.constraint == personalAccessTokens.name {
				return fail(422, "user.personal_access_token_name_exists")
			}
			return plainViolation(v)
		},
	}
}

var (
	usernamePattern = regexp.MustCompile(`^[A-Z_a-z][0-9A-Z_a-z]*$`)
	emailAddress    = regexp.MustCompile(`^\S+@\S+\.\S+$`)
	phonePattern    = regexp.MustCompile(`^[0-9]+$`)
)

var (
	profileBody = fields(
		maybe("familyName", str()), maybe("givenName", str()), maybe("middleName", str()), maybe("nickname", str()),
		maybe("preferredUsername", str()), maybe("profile", str()), maybe("website", str()), maybe("gender", str()),
		maybe("birthdate", str()), maybe("zoneinfo", str()), maybe("locale", str()),
		maybe("address", fields(
			maybe("formatted", str()), maybe("streetAddress", str()), maybe("locality", str()),
			maybe("region", str()), maybe("postalCode", str()), maybe("country", str()),
		)),
	)
	avatarSchema   = nullable(union(str().url(), literal("")))
	createUserBody = fields(
		maybe("primaryPhone", str().matching(phonePattern)),
		maybe("primaryEmail", str().matching(emailAddress)),
		maybe("username", str().matching(usernamePattern)),
		maybe("password", text1(0)),
		maybe("passwordDigest", str().max(256)),
		maybe("passwordAlgorithm", nativeEnum(passwordAlgorithms()...)),
		maybe("name", str()),
		maybe("avatar", avatarSchema),
		maybe("customData", jsonObject()),
		maybe("profile", profileBody),
	)
	patchUserBody = fields(
		maybe("username", clearable(usernamePattern)),
		maybe("primaryEmail", clearable(emailAddress)),
		maybe("primaryPhone", clearable(phonePattern)),
		maybe("name", nullable(union(str(), literal("")))),
		maybe("avatar", avatarSchema),
		maybe("customData", jsonObject()),
		maybe("profile", profileBody),
	)
)

// clearable is a pattern that null and "" pass too.
func clearable(re *regexp.Regexp) schema { return nullable(union(str().matching(re), literal(""))) }

func userRoutes(r *routes) {
	const one = "/users/{userId}"
	r.get("/users", listUsers).paged(alwaysPaged)
	r.post("/users", 200, createUser)
	r.get(one, getUser)
	r.patch(one, updateUser)
	r.delete(one, func(c *call) (any, error) {
		if c.param("userId") == c.caller {
			return nil, fail(400, "user.cannot_delete_self") // the caller is an application, but this comes first
		}
		return nil, c.db.remove(users, c.param("userId"))
	})
	r.patch(one+"/is-suspended", func(c *call) (any, error) {
		return c.changeUser(fields(required("isSuspended", boolean())), func(row, in object) (object, error) {
			if in.flag("isSuspended") {
				c.db.removeWhere(sessions, "accountId", row.str("id"))
			}
			return in, nil
		})
	})

	r.get(one+"/custom-data", func(c *call) (any, error) {
		row, err := found(c.db, users, c.param("userId"))
		return row.obj("customData"), err
	})
	r.patch(one+"/custom-data", mergeUserColumn("customData", jsonObject(), jsonb))
	r.patch(one+"/profile", mergeUserColumn("profile", profileBody, func(v any) any {
		var is issues
		sorted, _ := profileBody.check(v, nil, &is) // in the order of the schema
		return sorted
	}))
	r.get(one+"/logto-configs", func(c *call) (any, error) {
		row, err := found(c.db, users, c.param("userId"))
		return logtoConfigView(row.obj("logtoConfig")), err
	})
	r.patch(one+"/logto-configs", updateLogtoConfig)
}

func userSearchColumns() []string {
	return []string{"id", "primaryEmail", "primaryPhone", "username", "name"}
}

// userInfo is how the lists of members show a user.
func userInfo(row object) object {
	return row.without("tenantId", "passwordDigest", "passwordAlgorithm", "logtoConfig", "mfaVerifications")
}

// userProfile is how the other routes show a user.
func userProfile(row object) object {
	return userInfo(row).with("hasPassword", row.get("passwordDigest") != nil)
}

// changeUser updates the user of the path with what change makes of the row and
// the body, and answers the user.
func (c *call) changeUser(body schema, change func(row, in object) (object, error)) (any, error) {
	in, err := c.input(body)
	if err != nil {
		return nil, err
	}
	row, err := found(c.db, users, c.param("userId"))
	if err != nil {
		return nil, err
	}
	changes, err := change(row, in)
	if err != nil {
		return nil, err
	}
	row, err = users.answers(c.db.update(users, changes, row.str("id")))
	if err != nil {
		return nil, err
	}
	return userProfile(row), nil
}

func listUsers(c *call) (any, error) {
	role, organization := lookup(c.query, "excludeRoleId"), lookup(c.query, "excludeOrganizationId")
	if role != "" && organization != "" {
		return nil, invalidRequest(400, "excludeRoleId and excludeOrganizationId exclude each other")
	}
	s, err := c.search(userSearchColumns()...)
	if err != nil {
		return nil, err
	}
	rows, err := users.answersAll(c.pageOf(filtered(c.db.newest(users), func(row object) bool {
		id := row.str("id")
		return s.keep(row) && (role == "" || !c.db.exists(usersRoles, id, role)) &&
			(organization == "" || !c.db.exists(organizationUsers, organization, id))
	})))
	if err != nil {
		return nil, err
	}
	withHash := c.wantsHash(lookup(c.query, "includePasswordHash"))
	return mapped(rows, func(row object) object { return userWithHash(row, withHash) }), nil
}

// wantsHash reads includePasswordHash, which Logto has since 1.38.
func (c *call) wantsHash(asked string) bool { return yes(asked) && !c.server.before("1.38") }

func userWithHash(row object, withHash bool) object {
	out := userProfile(row)
	if withHash {
		out = out.merge(row.pick("passwordDigest", "passwordAlgorithm"))
	}
	return out
}

func getUser(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("includeSsoIdentities", str()), maybe("includePasswordHash", str())))
	if err != nil {
		return nil, err
	}
	row, err := users.answers(found(c.db, users, c.param("userId")))
	if err != nil {
		return nil, err
	}
	out := userWithHash(row, c.wantsHash(query.str("includePasswordHash")))
	if yes(query.str("includeSsoIdentities")) {
		out = out.with("ssoIdentities", ssoIdentitiesOf(c.db, row.str("id")))
	}
	return out, nil
}

func createUser(c *call) (any, error) {
	in, err := c.input(createUserBody)
	if err != nil {
		return nil, err
	}
	digest, algorithm := in.str("passwordDigest"), in.str("passwordAlgorithm")
	if in.has("password") && digest != "" {
		return nil, fail(400, "user.password_and_digest")
	}
	if digest != "" && algorithm == "" {
		return nil, fail(400, "user.password_algorithm_required")
	}
	if err := identifierFree(c.db, in, "", "username", "primaryEmail", "primaryPhone"); err != nil {
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
	values := in.without("password", "passwordDigest", "passwordAlgorithm")
	switch {
	case in.has("password"):
		values = values.merge(hashed(in.str("password")))
	case digest != "":
		values = values.merge(in.pick("passwordDigest", "passwordAlgorithm"))
	}
	var row object
	err = c.db.atomically(func() error {
		if row, err = c.db.insert(users, values); err != nil {
			return err
		}
		return giveDefaultRoles(c.db, row.str("id"))
	})
	if row, err = users.answers(row, err); err != nil {
		return nil, err
	}
	return userProfile(row), nil
}

func updateUser(c *call) (any, error) {
	return c.changeUser(patchUserBody, func(row, in object) (object, error) {
		if err := identifierFree(c.db, in, row.str("id"), "primaryEmail", "primaryPhone", "username"); err != nil {
			return nil, err
		}
		return withParsedPhone(in)
	})
}

// identifierFree refuses identifiers, in the order given, that another user has.
func identifierFree(db *store, in object, self string, columns ...string) error {
	taken := map[string]string{
		"username": "user.username_already_in_use", "primaryEmail": "user.email_already_in_use",
		"primaryPhone": "user.phone_already_in_use",
	}
	for _, column := range columns {
		value := in.str(column)
		if column == "primaryPhone" {
			if number, ok := parsePhone(value); ok {
				value = number
			}
		}
		if value == "" {
			continue
		}
		other, ok := db.findUnique(users, []string{column}, value)
		if !ok && column == "username" && !usernamesMindCase(db) {
			other, ok = userNamed(db, value, self)
		}
		if ok && other.str("id") != self {
			return fail(422, taken[column])
		}
	}
	return nil
}

func usernamesMindCase(db *store) bool {
	experience, ok := db.find(signInExperiences, tenantID)
	return !ok || experience.obj("usernamePolicy").flag("caseSensitive")
}

// userNamed finds another user by name, whatever the letter case.
func userNamed(db *store, name, self string) (object, bool) {
	for _, row := range db.all(users) {
		if row.str("id") != self && strings.EqualFold(row.str("username"), name) {
			return row, true
		}
	}
	return nil, false
}

func withParsedPhone(in object) (object, error) {
	phone := in.str("primaryPhone")
	if phone == "" {
		return in, nil
	}
	number, ok := parsePhone(phone)
	if !ok {
		return nil, fail(422, "user.invalid_phone", object{{"name", "ParseError"}})
	}
	return in.with("primaryPhone", number), nil
}

// mergeUserColumn replaces the first-level keys that the body gives and answers the column.
func mergeUserColumn(column string, s schema, order func(any) any) handler {
	return func(c *call) (any, error) {
		in, err := c.input(fields(required(column, s)))
		if err != nil {
			return nil, err
		}
		row, err := found(c.db, users, c.param("userId"))
		if err != nil {
			return nil, err
		}
		merged := order(row.obj(column).merge(in.obj(column)))
		if row, err = c.db.update(users, object{{column, merged}}, row.str("id")); err != nil {
			return nil, err
		}
		return row.obj(column), nil
	}
}

// logtoConfigView leaves mfa.enabled out until it is set.
func logtoConfigView(config object) object {
	mfa, passkey := config.obj("mfa"), config.obj("passkeySignIn")
	return object{
		{"mfa", append(mfa.pick("enabled"),
			member{"skipped", mfa.flag("skipped")}, member{"skipMfaOnSignIn", mfa.flag("skipMfaOnSignIn")})},
		{"passkeySignIn", object{{"skipped", passkey.flag("skipped")}}},
	}
}

var (
	logtoConfigPatch = fields(
		maybe("mfa", fields(
			maybe("enabled", boolean()), maybe("skipped", boolean()),
			maybe("additionalBindingSuggestionSkipped", boolean()), maybe("skipMfaOnSignIn", boolean()),
		)),
		maybe("passkeySignIn", fields(maybe("skipped", boolean()))),
	)
	// oldLogtoConfigPatch is what a Logto before 1.38 takes: all of it.
	oldLogtoConfigPatch = fields(
		required("mfa", fields(required("skipped", boolean()), required("skipMfaOnSignIn", boolean()))),
		required("passkeySignIn", fields(required("skipped", boolean()))),
	)
)

func updateLogtoConfig(c *call) (any, error) {
	body := logtoConfigPatch
	if c.server.before("1.38") {
		body = oldLogtoConfigPatch
	}
	in, err := c.input(body)
	if err != nil {
		return nil, err
	}
	row, err := found(c.db, users, c.param("userId"))
	if err != nil {
		return nil, err
	}
	config := row.obj("logtoConfig")
	for _, key := range []string{"mfa", "passkeySignIn"} {
		config = config.with(key, config.obj(key).merge(in.obj(key)))
	}
	if _, err := c.db.update(users, object{{"logtoConfig", config}}, row.str("id")); err != nil {
		return nil, err
	}
	return logtoConfigView(config), nil
}
