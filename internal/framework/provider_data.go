// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"sync"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ProviderData is what the configured provider hands to its types.
type ProviderData struct {
	Client *logto.Client

	mu     sync.Mutex
	owners map[string]map[bool]string // links of a parent → whole set? → type that manages them

	claims claims
	run    run
	hints  func() *hintTable
}

// NewProviderData is the data for a configured client. The areas are those whose hints go
// with errors.
func NewProviderData(c *logto.Client, areas ...ServicePackage) *ProviderData {
	return &ProviderData{Client: c, owners: map[string]map[bool]string{}, hints: lazyHints(areas)}
}
