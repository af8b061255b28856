// SPDX-License-Identifier: MPL-2.0

package logto

// PartialColor are colors that are put over the tenant's.
type PartialColor struct {
	PrimaryColor      *string `json:"primaryColor,omitempty"`
	IsDarkModeEnabled *bool   `json:"isDarkModeEnabled,omitempty"`
	DarkPrimaryColor  *string `json:"darkPrimaryColor,omitempty"`
}

// PartialBranding are URLs of pictures that are put over the tenant's.
type PartialBranding struct {
	LogoURL     *string `json:"logoUrl,omitempty"`
	DarkLogoURL *string `json:"darkLogoUrl,omitempty"`
	Favicon     *string `json:"favicon,omitempty"`
	DarkFavicon *string `json:"darkFavicon,omitempty"`
}
