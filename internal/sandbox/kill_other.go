// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package sandbox

import (
	"context"
	"errors"
	"time"
)

// ApplyAndKill needs process groups.
func (w *Workspace) ApplyAndKill(context.Context, time.Duration) (worked time.Duration, killed bool, err error) {
	return 0, false, errors.New("killing Terraform together with its provider needs a Unix")
}
