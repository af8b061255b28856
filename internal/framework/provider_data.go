// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ProviderData is what the configured provider hands to its types.
type ProviderData struct {
	Client *logto.Client

	mu     sync.Mutex
	owners map[string]map[bool]string    // links of a parent → whole set? → type that manages them
	links  map[string]map[bool]linkOwner // one link → removes it? → who does
	// listed are the attributes that list a link, and dropped the types of the resources
	// of one link that a plan destroys.
	listed, dropped map[string]string

	claims claims
	run    run
	twins  twins
	// withoutTwins is set when plans do not warn of objects with the same name.
	withoutTwins bool
	hints        func() *hintTable

	refused *logto.AccessError // why there is no client
}

// NewProviderData is the data for a configured client. The areas are those whose hints go
// with errors.
func NewProviderData(c *logto.Client, areas ...ServicePackage) *ProviderData {
	return &ProviderData{
		Client: c, owners: map[string]map[bool]string{}, links: map[string]map[bool]linkOwner{},
		listed: map[string]string{}, dropped: map[string]string{}, hints: lazyHints(areas),
	}
}

// WithoutDuplicateWarnings turns off the warnings of objects with the same name.
func (d *ProviderData) WithoutDuplicateWarnings() *ProviderData {
	d.withoutTwins = true
	return d
}

// RefusedProviderData is the data for a configuration whose error must not point to the
// provider block, because Terraform would show the lines of the block. Each type reports
// the error instead.
func RefusedProviderData(err *logto.AccessError) *ProviderData { return &ProviderData{refused: err} }

// configured is the data that the provider gives a type; nil when there is no client.
func configured(data any, diags *diag.Diagnostics) *ProviderData {
	d, _ := data.(*ProviderData)
	if d == nil || d.refused == nil {
		return d
	}
	diags.AddError(d.refused.Summary(), Capitalized(d.refused.Error()))
	return nil
}
