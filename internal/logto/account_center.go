// SPDX-License-Identifier: MPL-2.0

package logto

// AccountCenter is what users may see and change of their own accounts. Every
// tenant has one.
type AccountCenter struct {
	Enabled                *bool                `json:"enabled,omitempty"`
	Fields                 *AccountCenterFields `json:"fields,omitempty"`
	WebauthnRelatedOrigins []string             `json:"webauthnRelatedOrigins,omitzero"`
	DeleteAccountURL       *string              `json:"deleteAccountUrl,omitempty"`
	CustomCSS              *string              `json:"customCss,omitempty"`
	ProfileFields          []ProfileFieldName   `json:"profileFields,omitempty"` // no fields are null
}

// AccountCenterFields are Off, ReadOnly or Edit; Off when they say nothing.
type AccountCenterFields struct {
	Name       *string `json:"name,omitempty"`
	Avatar     *string `json:"avatar,omitempty"`
	Profile    *string `json:"profile,omitempty"`
	Email      *string `json:"email,omitempty"`
	Phone      *string `json:"phone,omitempty"`
	Password   *string `json:"password,omitempty"`
	Username   *string `json:"username,omitempty"`
	Social     *string `json:"social,omitempty"`
	CustomData *string `json:"customData,omitempty"`
	MFA        *string `json:"mfa,omitempty"`
	Passkey    *string `json:"passkey,omitempty"`
	Session    *string `json:"session,omitempty"`
}

// AccountCenter is the tenant's account center: GET and PATCH /account-center.
func (c *Client) AccountCenter() *Singleton[AccountCenter, AccountCenter] {
	return &Singleton[AccountCenter, AccountCenter]{c: c, path: path("account-center"), has: "enabled"}
}
