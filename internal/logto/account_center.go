// SPDX-License-Identifier: MPL-2.0

package logto

import "context"

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

// AccountCenters is the tenant's account center: GET and PATCH /account-center.
type AccountCenters struct {
	Singleton[AccountCenter, AccountCenter]
}

// AccountCenter is the tenant's account center.
func (c *Client) AccountCenter() *AccountCenters {
	return &AccountCenters{Singleton[AccountCenter, AccountCenter]{c: c, path: path("account-center"), has: "enabled"}}
}

// Update changes what differs between from and to. Names of profile fields that do not
// exist are an [InputError]. It calls PATCH /account-center, and GET
// /custom-profile-fields where there are other names than before.
func (s *AccountCenters) Update(ctx context.Context, key Key, from, to AccountCenter) (*AccountCenter, error) {
	missing, err := s.c.missingFields(ctx, "profileFields", from.ProfileFields, to.ProfileFields)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		return nil, &InputError{Issues: missing}
	}
	return s.Singleton.Update(ctx, key, from, to)
}
