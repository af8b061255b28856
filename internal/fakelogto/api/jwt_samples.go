// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// What the samples of a JWT customizer may hold. Each key may be left out; what is
// there has the limits of the database.

var (
	jwtBase = engine.Fields(
		engine.Required("script", engine.String()), engine.Maybe("environmentVariables", engine.Record(engine.String())),
		engine.Maybe("contextSample", engine.Anything()), engine.Maybe("blockIssuanceOnError", engine.Boolean()),
	)
	jwtToken = engine.Fields(
		engine.Maybe("jti", engine.String()), engine.Maybe("aud", engine.Union(engine.String(), engine.Array(engine.String()))), engine.Maybe("scope", engine.String()), engine.Maybe("clientId", engine.String()),
	)
	jwtUserToken = jwtToken.And(
		engine.Maybe("accountId", engine.String()), engine.Maybe("expiresWithSession", engine.Boolean()), engine.Maybe("grantId", engine.String()), engine.Maybe("gty", engine.String()),
		engine.Maybe("sessionUid", engine.String()), engine.Maybe("sid", engine.String()), engine.Maybe("kind", engine.Literal("AccessToken")),
	).Closed()
	jwtClientToken = jwtToken.And(engine.Maybe("kind", engine.Literal("ClientCredentials"))).Closed()

	jwtApplication = engine.Fields(
		engine.Required("tenantId", engine.String().Max(engine.IDWidth)), engine.Required("id", engine.Text(engine.IDWidth)), engine.Required("name", engine.Text(256)),
		engine.Required("description", engine.Nullable(engine.String())), engine.Required("type", engine.NativeEnum(appTypes()...)),
		engine.Required("oidcClientMetadata", oidcClientMetadata), engine.Required("customClientMetadata", customClientMetadata),
		engine.Required("protectedAppMetadata", engine.Nullable(engine.Fields(
			engine.Required("host", engine.String()), engine.Required("origin", engine.String()), engine.Required("sessionDuration", engine.Number()),
			engine.Required("pageRules", pageRules), engine.Maybe("additionalScopes", protectedAppScopes),
			engine.Maybe("customDomains", engine.Array(engine.JSONObject())),
		))),
		engine.Required("customData", engine.JSONObject()), engine.Required("isThirdParty", engine.Boolean()),
		engine.Required("appLevelAccessControlEnabled", engine.Boolean()), engine.Required("createdAt", engine.Number()),
	).Partial()
	jwtOrganization = engine.Fields(
		engine.Required("id", engine.Text(engine.IDWidth)), engine.Required("name", engine.Text(128)), engine.Required("description", engine.Nullable(engine.String().Max(256))),
	)
	jwtUserContext = engine.Fields(
		engine.Required("user", jwtUser().Partial()),
		engine.Maybe("grant", engine.Fields(
			engine.Maybe("type", engine.Literal("urn:ietf:params:oauth:grant-type:token-exchange")), engine.Maybe("subjectTokenContext", engine.JSONObject()),
		)),
		engine.Maybe("interaction", engine.Fields(
			engine.Maybe("interactionEvent", interactionEvent), engine.Maybe("userId", engine.String()),
			engine.Maybe("verificationRecords", engine.Array(jwtVerificationRecord())), engine.Maybe("signInContext", engine.Record(engine.String())),
		)),
		engine.Maybe("application", jwtApplication),
		engine.Maybe("organization", jwtOrganization.And(engine.Required("customData", engine.JSONObject())).Partial()),
	)
	jwtClientContext = engine.Fields(engine.Maybe("application", jwtApplication))
)

func jwtUser() engine.Shape {
	text := func(key string, limit int) engine.Field {
		return engine.Required(key, engine.Nullable(engine.String().Max(limit)))
	}
	id := engine.Required("id", engine.Text(engine.IDWidth))
	return engine.Fields(
		engine.Required("id", engine.Text(users.IDLength)),
		text("username", 128), text("primaryEmail", 128), text("primaryPhone", 128), text("name", 128), text("avatar", 2048),
		engine.Required("customData", engine.JSONObject()),
		engine.Required("identities", engine.Record(engine.Fields(engine.Required("userId", engine.String()), engine.Maybe("details", engine.JSONObject())))),
		engine.Required("lastSignInAt", engine.Nullable(engine.Number())), engine.Required("createdAt", engine.Number()), engine.Required("updatedAt", engine.Number()),
		engine.Required("profile", profileBody), text("applicationId", engine.IDWidth), text("cimdClientId", 2048),
		engine.Required("isSuspended", engine.Boolean()), engine.Required("hasPassword", engine.Boolean()),
		engine.Required("ssoIdentities", engine.Array(engine.Fields(
			engine.Required("issuer", engine.Text(256)), engine.Required("identityId", engine.Text(128)), engine.Required("detail", engine.JSONObject()),
		))),
		engine.Required("mfaVerificationFactors", engine.Array(mfaFactor)),
		engine.Required("roles", engine.Array(engine.Fields(id, engine.Required("name", engine.Text(128)), engine.Required("description", engine.Text(128)),
			engine.Required("scopes", engine.Array(engine.Fields(id, engine.Required("name", engine.Text(256)), engine.Required("description", engine.Nullable(engine.String())),
				engine.Required("resourceId", engine.Text(engine.IDWidth)), engine.Required("resource", engine.Fields(
					engine.Required("tenantId", engine.String().Max(engine.IDWidth)), id, engine.Required("name", engine.Text(0)), engine.Required("indicator", engine.Text(0)),
					engine.Required("isDefault", engine.Boolean()), engine.Required("accessTokenTtl", engine.Number()),
				)),
			))),
		))),
		engine.Required("organizations", engine.Array(jwtOrganization)),
		engine.Required("organizationRoles", engine.Array(textShape("organizationId roleId roleName"))),
	)
}

// jwtVerificationRecord is how somebody proved an identity in a sign-in.
func jwtVerificationRecord() engine.Schema {
	verified := engine.Required("verified", engine.Boolean())
	identifier := func(of engine.Schema) engine.Field {
		return engine.Required("identifier", engine.Fields(engine.Required("type", of), engine.Required("value", engine.String())))
	}
	code := func(of string) []engine.Field {
		return []engine.Field{engine.Required("templateType", engine.NativeEnum(templateTypes()...)), verified, identifier(engine.Literal(of))}
	}
	info := textShape("id email? phone? name? avatar?").And(engine.Maybe("rawData", engine.Anything()))
	variants := []engine.Variant{}
	for kind, own := range map[string][]engine.Field{
		"Password":                 {identifier(engine.Union(identifiers, engine.NativeEnum("userId"))), verified},
		"EmailVerificationCode":    code("email"),
		"PhoneVerificationCode":    code("phone"),
		"MfaEmailVerificationCode": code("email"),
		"MfaPhoneVerificationCode": code("phone"),
		"Social":                   {engine.Required("connectorId", engine.String()), engine.Maybe("socialUserInfo", info)},
		"EnterpriseSso": {
			engine.Required("connectorId", engine.String()), engine.Maybe("enterpriseSsoUserInfo", info.Open()), engine.Maybe("issuer", engine.String()),
		},
		"Totp":                {engine.Required("userId", engine.String()), verified},
		"BackupCode":          {engine.Required("userId", engine.String()), engine.Maybe("code", engine.String())},
		"WebAuthn":            {verified, engine.Maybe("registrationRpId", engine.String()), engine.Required("userId", engine.String())},
		"SignInPasskey":       {verified, engine.Maybe("registrationRpId", engine.String()), engine.Maybe("userId", engine.String())},
		"OneTimeToken":        {verified, identifier(engine.Literal("email")), engine.Maybe("oneTimeTokenContext", oneTimeTokenContext)},
		"NewPasswordIdentity": {identifier(identifiers)},
	} {
		variants = append(variants, engine.Case(kind, engine.Fields(engine.Required("id", engine.String()), engine.Required("type", engine.Literal(kind))).And(own...)))
	}
	return engine.Discriminated("type", variants...)
}
