// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// The private state of a resource says what Terraform does not remember. All of
// its keys are absent for most objects.
const (
	// ConfiguredKey lists the attributes of the kinds [RunTimeData] and
	// [TenantSettings] that the configuration set when it was last applied.
	ConfiguredKey = "configured"
	// UnmanagedKey lists the link sets that are in the state, and were not in the
	// configuration when it was last applied. The next refresh drops them.
	UnmanagedKey = "unmanaged"
	// LackedKey holds the names of the attributes that the server, an older Logto, showed
	// nothing of when they were written, and that have their default.
	LackedKey = "lacked"
	// ImportedKey is "true" until the first read after an import, and "false" from
	// there to the first write.
	ImportedKey = "imported"
)

// PrivateReader reads the private data of an object.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateState reads and writes the private data of an object.
type PrivateState interface {
	PrivateReader
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateNames are the names that the private state has under a key.
func PrivateNames(ctx context.Context, private PrivateReader, key string, diags *diag.Diagnostics) (names []string) {
	known, d := private.GetKey(ctx, key)
	diags.Append(d...)
	if len(known) > 0 {
		if err := json.Unmarshal(known, &names); err != nil {
			diags.AddError("Could not read the private state", err.Error())
		}
	}
	return names
}

// KeepNames saves names in the private state, and nothing for none.
func KeepNames(ctx context.Context, private PrivateState, key string, names []string, diags *diag.Diagnostics) {
	var b []byte
	if names != nil {
		var err error
		if b, err = json.Marshal(names); err != nil {
			diags.AddError("Could not write the private state", err.Error())
			return
		}
	}
	diags.Append(private.SetKey(ctx, key, b)...)
}

// IsImported reports whether nothing was written to the object since its import.
func IsImported(ctx context.Context, private PrivateReader, diags *diag.Diagnostics) bool {
	known, d := private.GetKey(ctx, ImportedKey)
	diags.Append(d...)
	return len(known) > 0
}

// WasApplied reports whether the configuration of the resource, whose private state
// it is, was applied since the object was imported.
func WasApplied(ctx context.Context, private PrivateReader, diags *diag.Diagnostics) bool {
	return !IsImported(ctx, private, diags)
}
