// SPDX-License-Identifier: MPL-2.0

package fakelogto

// What the samples of a JWT customizer may hold. Each key may be left out; what is
// there has the limits of the database.

var (
	jwtBase = fields(
		required("script", str()), maybe("environmentVariables", record(str())),
		maybe("contextSample", anything()), maybe("blockIssuanceOnError", boolean()),
	)
	jwtToken = fields(
		maybe("jti", str()), maybe("aud", union(str(), array(str()))), maybe("scope", str()), maybe("clientId", str()),
	)
	jwtUserToken = jwtToken.and(
		maybe("accountId", str()), maybe("expiresWithSession", boolean()), maybe("grantId", str()), maybe("gty", str()),
		maybe("sessionUid", str()), maybe("sid", str()), maybe("kind", literal("AccessToken")),
	).closed()
	jwtClientToken = jwtToken.and(maybe("kind", literal("ClientCredentials"))).closed()

	jwtApplication = fields(
		required("tenantId", str().max(idWidth)), required("id", text1(idWidth)), required("name", text1(256)),
		required("description", nullable(str())), required("type", nativeEnum(appTypes()...)),
		required("oidcClientMetadata", oidcClientMetadata), required("customClientMetadata", customClientMetadata),
		required("protectedAppMetadata", nullable(fields(
			required("host", str()), required("origin", str()), required("sessionDuration", num()),
			required("pageRules", pageRules), maybe("additionalScopes", protectedAppScopes),
			maybe("customDomains", array(jsonObject())),
		))),
		required("customData", jsonObject()), required("isThirdParty", boolean()),
		required("appLevelAccessControlEnabled", boolean()), required("createdAt", num()),
	).partial()
	jwtOrganization = fields(
		required("id", text1(idWidth)), required("name", text1(128)), required("description", nullable(str().max(256))),
	)
	jwtUserContext = fields(
		required("user", jwtUser().partial()),
		maybe("grant", fields(
			maybe("type", literal("urn:ietf:params:oauth:grant-type:token-exchange")), maybe("subjectTokenContext", jsonObject()),
		)),
		maybe("interaction", fields(
			maybe("interactionEvent", interactionEvent), maybe("userId", str()),
			maybe("verificationRecords", array(jwtVerificationRecord())), maybe("signInContext", record(str())),
		)),
		maybe("application", jwtApplication),
		maybe("organization", jwtOrganization.and(required("customData", jsonObject())).partial()),
	)
	jwtClientContext = fields(maybe("application", jwtApplication))
)

func jwtUser() shape {
	text := func(key string, limit int) field { return required(key, nullable(str().max(limit))) }
	id := required("id", text1(idWidth))
	return fields(
		required("id", text1(users.idLength)),
		text("username", 128), text("primaryEmail", 128), text("primaryPhone", 128), text("name", 128), text("avatar", 2048),
		required("customData", jsonObject()),
		required("identities", record(fields(required("userId", str()), maybe("details", jsonObject())))),
		required("lastSignInAt", nullable(num())), required("createdAt", num()), required("updatedAt", num()),
		required("profile", profileBody), text("applicationId", idWidth), text("cimdClientId", 2048),
		required("isSuspended", boolean()), required("hasPassword", boolean()),
		required("ssoIdentities", array(fields(
			required("issuer", text1(256)), required("identityId", text1(128)), required("detail", jsonObject()),
		))),
		required("mfaVerificationFactors", array(mfaFactor)),
		required("roles", array(fields(id, required("name", text1(128)), required("description", text1(128)),
			required("scopes", array(fields(id, required("name", text1(256)), required("description", nullable(str())),
				required("resourceId", text1(idWidth)), required("resource", fields(
					required("tenantId", str().max(idWidth)), id, required("name", text1(0)), required("indicator", text1(0)),
					required("isDefault", boolean()), required("accessTokenTtl", num()),
				)),
			))),
		))),
		required("organizations", array(jwtOrganization)),
		required("organizationRoles", array(textShape("organizationId roleId roleName"))),
	)
}

// jwtVerificationRecord is how somebody proved an identity in a sign-in.
func jwtVerificationRecord() schema {
	verified := required("verified", boolean())
	identifier := func(of schema) field {
		return required("identifier", fields(required("type", of), required("value", str())))
	}
	code := func(of string) []field {
		return []field{required("templateType", nativeEnum(templateTypes()...)), verified, identifier(literal(of))}
	}
	info := textShape("id email? phone? name? avatar?").and(maybe("rawData", anything()))
	variants := []variant{}
	for kind, own := range map[string][]field{
		"Password":                 {identifier(union(identifiers, nativeEnum("userId"))), verified},
		"EmailVerificationCode":    code("email"),
		"PhoneVerificationCode":    code("phone"),
		"MfaEmailVerificationCode": code("email"),
		"MfaPhoneVerificationCode": code("phone"),
		"Social":                   {required("connectorId", str()), maybe("socialUserInfo", info)},
		"EnterpriseSso": {
			required("connectorId", str()), maybe("enterpriseSsoUserInfo", info.open()), maybe("issuer", str()),
		},
		"Totp":                {required("userId", str()), verified},
		"BackupCode":          {required("userId", str()), maybe("code", str())},
		"WebAuthn":            {verified, maybe("registrationRpId", str()), required("userId", str())},
		"SignInPasskey":       {verified, maybe("registrationRpId", str()), maybe("userId", str())},
		"OneTimeToken":        {verified, identifier(literal("email")), maybe("oneTimeTokenContext", oneTimeTokenContext)},
		"NewPasswordIdentity": {identifier(identifiers)},
	} {
		variants = append(variants, variant{kind, fields(required("id", str()), required("type", literal(kind))).and(own...)})
	}
	return discriminated("type", variants...)
}
