// SPDX-License-Identifier: MPL-2.0

package since

// Mark tells a version from those before it: a path that answers GET with 200, and a
// key that the object there has; an empty key stands for any answer.
type Mark struct {
	Version string
	Path    string
	Key     string
}

// Marks has a mark for each supported version, the newest first. Logto itself tells
// its version nowhere.
func Marks() []Mark {
	return []Mark{
		{"1.43", "/api/configs/cimd", ""},
		{"1.42", "/api/configs/actions", ""},
		{"1.41", "/api/sign-in-exp", "usernamePolicy"},
		{"1.40", "/api/sign-in-exp", "customUiCsp"},
		{"1.39", "/api/account-center", "deleteAccountUrl"},
		{"1.38", "/api/configs/oidc/session", ""},
		{"1.37", "/api/configs/id-token", ""},
	}
}

// Operations are the operations that Oldest lacks, the newest first.
func Operations() []Operation {
	return []Operation{
		{"1.43", "GET /api/configs/cimd"},
		{"1.43", "PATCH /api/configs/cimd"},
		{"1.43", "GET /api/cimd/user-consent-scopes"},
		{"1.43", "POST /api/cimd/user-consent-scopes"},
		{"1.43", "DELETE /api/cimd/user-consent-scopes/{scopeType}/{scopeId}"},
		{"1.43", "GET /api/sso-connectors/{id}/signing-keys"},
		{"1.43", "POST /api/sso-connectors/{id}/signing-keys"},
		{"1.43", "PATCH /api/sso-connectors/{id}/signing-keys/{keyId}"},
		{"1.43", "DELETE /api/sso-connectors/{id}/signing-keys/{keyId}"},

		{"1.42", "GET /api/configs/actions"},
		{"1.42", "POST /api/configs/actions/test"},
		{"1.42", "GET /api/configs/actions/{actionType}"},
		{"1.42", "PUT /api/configs/actions/{actionType}"},
		{"1.42", "PATCH /api/configs/actions/{actionType}"},
		{"1.42", "DELETE /api/configs/actions/{actionType}"},
		{"1.42", "GET /api/domains/{id}/verification-files"},
		{"1.42", "PUT /api/domains/{id}/verification-files"},

		{"1.41", "GET /api/applications/{applicationId}/access-control"},
		{"1.41", "PUT /api/applications/{applicationId}/access-control"},
		{"1.41", "GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts"},
		{"1.41", "PATCH /api/users/{userId}/password/expiration"},

		{"1.39", "POST /api/domains/cleanup"},

		{"1.38", "GET /api/configs/oidc/session"},
		{"1.38", "PATCH /api/configs/oidc/session"},
		{"1.38", "GET /api/users/{userId}/sessions"},
		{"1.38", "GET /api/users/{userId}/sessions/{sessionId}"},
		{"1.38", "DELETE /api/users/{userId}/sessions/{sessionId}"},
		{"1.38", "GET /api/users/{userId}/grants"},
		{"1.38", "DELETE /api/users/{userId}/grants/{grantId}"},
	}
}

// Settings are the settings that Oldest lacks, the newest first.
func Settings() []Setting {
	const (
		application   = "/api/applications/{id}"
		accountCenter = "/api/account-center"
		hook          = "/api/hooks/{id}"
		jwtCustomizer = "/api/configs/jwt-customizer/{tokenTypePath}"
		signIn        = "/api/sign-in-exp"
		ssoConnector  = "/api/sso-connectors/{id}"
	)
	return []Setting{
		{Since: "1.43", Key: "cimdClientId"},
		{Since: "1.43", Path: ssoConnector, Key: "config.signAuthnRequest"},
		{Since: "1.43", Path: ssoConnector, Key: "config.requestSignatureAlgorithm"},
		{Since: "1.43", Path: application + "/user-consent-scopes", Key: "userScopes",
			Values: []string{"urn:logto:scope:trusted_devices"}, Refused: true},

		{Since: "1.42", Path: "/api/one-time-tokens/{id}", Key: "context.interactionEvent"},
		{Since: "1.42", Path: signIn, Key: "emailBlocklistPolicy.customAllowlist"},
		{Since: "1.42", Path: hook, Key: "events", Values: []string{"Grant.LimitExceeded"}, Refused: true},

		{Since: "1.41", Path: application, Key: "appLevelAccessControlEnabled", Shown: "1.40", Refused: true},
		{Since: "1.41", Path: "/api/saml-applications/{id}", Key: "appLevelAccessControlEnabled", Shown: "1.40"},
		{Since: "1.41", Path: signIn, Key: "signUpProfileFields", Shown: "1.39"},
		{Since: "1.41", Path: signIn, Key: "verificationCodePolicy"},
		{Since: "1.41", Path: signIn, Key: "passwordExpiration"},
		{Since: "1.41", Path: signIn, Key: "usernamePolicy"},
		{Since: "1.41", Path: accountCenter, Key: "profileFields", Shown: "1.40"},
		{Since: "1.41", Path: accountCenter, Key: "fields.passkey"},
		{Since: "1.41", Path: hook, Key: "events", Values: []string{"Message.RateLimited"}, Refused: true},
		{Since: "1.41", Path: jwtCustomizer, Key: "contextSample.organization"},

		{Since: "1.40", Path: signIn, Key: "customUiCsp"},
		{Since: "1.40", Path: application, Key: "protectedAppMetadata.additionalScopes"},

		{Since: "1.39", Path: accountCenter, Key: "deleteAccountUrl"},
		{Since: "1.39", Path: accountCenter, Key: "customCss"},
		{Since: "1.39", Path: jwtCustomizer, Key: "blockIssuanceOnError", Refused: true},
		{Since: "1.39", Path: "/api/configs/oidc/{keyType}/rotate", Key: "rotationGracePeriod"},
		{Since: "1.39", Path: "/api/configs/oidc/private-keys", Key: "status"},
		{Since: "1.39", Path: "/api/configs/oidc/private-keys", Key: "effectiveAt"},

		{Since: "1.38", Path: application, Key: "customClientMetadata.isDeviceFlow"},
		{Since: "1.38", Path: application, Key: "customClientMetadata.maxAllowedGrants"},
		{Since: "1.38", Path: signIn, Key: "adaptiveMfa", Shown: "1.37"},
		{Since: "1.38", Path: signIn, Key: "mfa.policy", Refused: true,
			Values: []string{"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory"}},
		{Since: "1.38", Path: hook, Key: "events", Values: []string{"PostSignInAdaptiveMfaTriggered"}, Refused: true},
		{Since: "1.38", Path: "/api/users/{userId}/logto-configs", Key: "mfa.enabled"},
		{Since: "1.38", Path: "/api/users/{userId}/logto-configs", Key: "mfa.additionalBindingSuggestionSkipped"},
	}
}
