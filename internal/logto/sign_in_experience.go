// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"reflect"
)

// SignInExperience is how people sign up and sign in, and what they see. Every
// tenant has one.
type SignInExperience struct {
	Color                        *SignInColor            `json:"color,omitempty"`
	Branding                     *SignInBranding         `json:"branding,omitempty"`
	HideLogtoBranding            *bool                   `json:"hideLogtoBranding,omitempty"`
	LanguageInfo                 *LanguageInfo           `json:"languageInfo,omitempty"`
	TermsOfUseURL                *string                 `json:"termsOfUseUrl,omitempty"`
	PrivacyPolicyURL             *string                 `json:"privacyPolicyUrl,omitempty"`
	AgreeToTermsPolicy           *string                 `json:"agreeToTermsPolicy,omitempty"`
	SignIn                       *SignIn                 `json:"signIn,omitempty"`
	SignUp                       *SignUp                 `json:"signUp,omitempty"`
	SocialSignIn                 *SocialSignIn           `json:"socialSignIn,omitempty"`
	SocialSignInConnectorTargets []string                `json:"socialSignInConnectorTargets,omitzero"`
	SignInMode                   *string                 `json:"signInMode,omitempty"`
	CustomCSS                    *string                 `json:"customCss,omitempty"`
	CustomContent                map[string]string       `json:"customContent,omitzero"` // HTML by path
	CustomUIAssets               *CustomUIAssets         `json:"customUiAssets,omitempty"`
	CustomUICSP                  *CustomUICSP            `json:"customUiCsp,omitempty"`
	PasswordPolicy               *PasswordPolicy         `json:"passwordPolicy,omitempty"`
	MFA                          *MFA                    `json:"mfa,omitempty"`
	AdaptiveMFA                  *Switch                 `json:"adaptiveMfa,omitempty"`
	SingleSignOnEnabled          *bool                   `json:"singleSignOnEnabled,omitempty"`
	SupportEmail                 *string                 `json:"supportEmail,omitempty"`
	SupportWebsiteURL            *string                 `json:"supportWebsiteUrl,omitempty"`
	UnknownSessionRedirectURL    *string                 `json:"unknownSessionRedirectUrl,omitempty"`
	CaptchaPolicy                *Switch                 `json:"captchaPolicy,omitempty"`
	SentinelPolicy               *SentinelPolicy         `json:"sentinelPolicy,omitempty"`
	EmailBlocklistPolicy         *EmailBlocklistPolicy   `json:"emailBlocklistPolicy,omitempty"`
	VerificationCodePolicy       *VerificationCodePolicy `json:"verificationCodePolicy,omitempty"`
	// ForgotPasswordMethods is nil for whatever the connectors allow.
	ForgotPasswordMethods []string       `json:"forgotPasswordMethods,omitzero"`
	PasskeySignIn         *PasskeySignIn `json:"passkeySignIn,omitempty"`
	// SignUpProfileFields is nil for all custom profile fields.
	SignUpProfileFields []ProfileFieldName  `json:"signUpProfileFields,omitzero"`
	PasswordExpiration  *PasswordExpiration `json:"passwordExpiration,omitempty"`
	UsernamePolicy      *UsernamePolicy     `json:"usernamePolicy,omitempty"`
}

// The parts of a [SignInExperience]. Each is whole in an answer; where the API
// wants a member, it has no omitempty.
type (
	// SignInColor has colors as "#5d34f2".
	SignInColor struct {
		PrimaryColor      string `json:"primaryColor"`
		IsDarkModeEnabled bool   `json:"isDarkModeEnabled"`
		DarkPrimaryColor  string `json:"darkPrimaryColor"`
	}
	// SignInBranding has URLs of pictures; the API refuses empty ones.
	SignInBranding struct {
		LogoURL     string `json:"logoUrl,omitempty"`
		DarkLogoURL string `json:"darkLogoUrl,omitempty"`
		Favicon     string `json:"favicon,omitempty"`
		DarkFavicon string `json:"darkFavicon,omitempty"`
	}
	// LanguageInfo says in which language people are spoken to.
	LanguageInfo struct {
		AutoDetect       bool   `json:"autoDetect"`
		FallbackLanguage string `json:"fallbackLanguage"`
	}
	// SignIn is how people sign in.
	SignIn struct {
		Methods []SignInMethod `json:"methods"`
	}
	// SignInMethod is one way to sign in.
	SignInMethod struct {
		Identifier        string `json:"identifier"`
		Password          bool   `json:"password"`
		VerificationCode  bool   `json:"verificationCode"`
		IsPasswordPrimary bool   `json:"isPasswordPrimary"`
	}
	// SignUp is what people must give to sign up.
	SignUp struct {
		Identifiers          []string              `json:"identifiers"`
		Password             bool                  `json:"password"`
		Verify               bool                  `json:"verify"`
		SecondaryIdentifiers []SecondaryIdentifier `json:"secondaryIdentifiers,omitzero"`
	}
	// SecondaryIdentifier is asked for besides what people sign up with.
	SecondaryIdentifier struct {
		Identifier string `json:"identifier"`
		Verify     *bool  `json:"verify,omitempty"`
	}
	// SocialSignIn is what happens after a sign-in with a social connector.
	SocialSignIn struct {
		AutomaticAccountLinking *bool `json:"automaticAccountLinking,omitempty"`
		SkipRequiredIdentifiers *bool `json:"skipRequiredIdentifiers,omitempty"`
	}
	// CustomUIAssets are pages that were uploaded.
	CustomUIAssets struct {
		ID        string  `json:"id"`
		CreatedAt float64 `json:"createdAt"` // milliseconds since 1970
	}
	// CustomUICSP are sources for the content security policy of those pages.
	CustomUICSP struct {
		ScriptSrc  []string `json:"scriptSrc,omitzero"`
		ConnectSrc []string `json:"connectSrc,omitzero"`
	}
	// PasswordPolicy is what new passwords must be like. The API fills up an
	// object that is there.
	PasswordPolicy struct {
		Length         *PasswordLength         `json:"length,omitempty"`
		CharacterTypes *PasswordCharacterTypes `json:"characterTypes,omitempty"`
		Rejects        *PasswordRejects        `json:"rejects,omitempty"`
	}
	// PasswordLength is in characters.
	PasswordLength struct {
		Min *int64 `json:"min,omitempty"`
		Max *int64 `json:"max,omitempty"`
	}
	// PasswordCharacterTypes counts lower case, upper case, digits and symbols.
	PasswordCharacterTypes struct {
		Min *int64 `json:"min,omitempty"`
	}
	// PasswordRejects is what a password must not be.
	PasswordRejects struct {
		Pwned                 *bool    `json:"pwned,omitempty"`
		RepetitionAndSequence *bool    `json:"repetitionAndSequence,omitempty"`
		UserInfo              *bool    `json:"userInfo,omitempty"`
		Words                 []string `json:"words,omitzero"`
	}
	// MFA is multi-factor authentication.
	MFA struct {
		Factors                       []string `json:"factors"`
		Policy                        string   `json:"policy"`
		OrganizationRequiredMFAPolicy *string  `json:"organizationRequiredMfaPolicy,omitempty"`
	}
	// Switch is on or off; off when it says nothing.
	Switch struct {
		Enabled *bool `json:"enabled,omitempty"`
	}
	// SentinelPolicy is when somebody is locked out. The API takes any numbers.
	SentinelPolicy struct {
		MaxAttempts     *float64 `json:"maxAttempts,omitempty"`
		LockoutDuration *float64 `json:"lockoutDuration,omitempty"` // minutes
	}
	// EmailBlocklistPolicy is with which addresses nobody can sign up.
	EmailBlocklistPolicy struct {
		BlockDisposableAddresses *bool    `json:"blockDisposableAddresses,omitempty"`
		BlockSubaddressing       *bool    `json:"blockSubaddressing,omitempty"`
		CustomAllowlist          []string `json:"customAllowlist,omitzero"`
		CustomBlocklist          []string `json:"customBlocklist,omitzero"`
	}
	// VerificationCodePolicy is how long and how often codes can be tried.
	VerificationCodePolicy struct {
		ExpirationDuration *int64 `json:"expirationDuration,omitempty"` // seconds
		MaxRetryAttempts   *int64 `json:"maxRetryAttempts,omitempty"`
	}
	// PasskeySignIn is sign-in with passkeys.
	PasskeySignIn struct {
		Enabled           *bool `json:"enabled,omitempty"`
		ShowPasskeyButton *bool `json:"showPasskeyButton,omitempty"`
		AllowAutofill     *bool `json:"allowAutofill,omitempty"`
	}
	// ProfileFieldName refers to a custom profile field.
	ProfileFieldName struct {
		Name string `json:"name"`
	}
	// PasswordExpiration is when passwords must be changed. The API merges it
	// into what it has.
	PasswordExpiration struct {
		Enabled         bool   `json:"enabled"`
		ValidPeriodDays *int64 `json:"validPeriodDays,omitempty"`
		EnabledAt       *int64 `json:"enabledAt,omitempty"` // milliseconds since 1970; the server's own
	}
	// UsernamePolicy is what usernames must be like.
	UsernamePolicy struct {
		CaseSensitive bool         `json:"caseSensitive"`
		MinLength     int64        `json:"minLength"`
		MaxLength     int64        `json:"maxLength"`
		AllowedChars  AllowedChars `json:"allowedChars"`
	}
	// AllowedChars are the kinds of characters in usernames.
	AllowedChars struct {
		Lowercase  bool `json:"lowercase"`
		Uppercase  bool `json:"uppercase"`
		Numbers    bool `json:"numbers"`
		Underscore bool `json:"underscore"`
	}
)

// SignInExperiences is the tenant's sign-in experience: GET and PATCH
// /sign-in-exp.
type SignInExperiences struct {
	Singleton[SignInExperience, SignInExperience]
}

// SignInExperience is the tenant's sign-in experience.
func (c *Client) SignInExperience() *SignInExperiences {
	return &SignInExperiences{Singleton[SignInExperience, SignInExperience]{
		c:     c,
		path:  path("sign-in-exp"),
		has:   "signInMode",
		whole: []string{"passwordExpiration"},
	}}
}

// Update changes what differs between from and to. What needs an object that does not
// exist is an [InputError]: the API would leave it out without a word, or nobody could
// sign in. It calls PATCH /sign-in-exp, and the operations of [SignInExperiences.check].
func (s *SignInExperiences) Update(ctx context.Context, key Key, from, to SignInExperience) (*SignInExperience, error) {
	if err := s.check(ctx, from, to); err != nil {
		return nil, err
	}
	if to.MFA != nil && len(to.MFA.Factors) == 0 && !reflect.DeepEqual(from.MFA, to.MFA) {
		// Where no factors go without adaptiveMfa beside them, the API turns that off.
		if to.AdaptiveMFA == nil {
			to.AdaptiveMFA = &Switch{}
		}
		// It cannot stay on without factors, which is what a destroy may leave.
		if on := to.AdaptiveMFA.Enabled; on != nil && *on && reflect.DeepEqual(from.AdaptiveMFA, to.AdaptiveMFA) {
			to.AdaptiveMFA = &Switch{Enabled: new(bool)}
		}
		if from.AdaptiveMFA != nil && reflect.DeepEqual(from.AdaptiveMFA, to.AdaptiveMFA) {
			from.AdaptiveMFA = nil
		}
	}
	return s.Singleton.Update(ctx, key, from, to)
}
