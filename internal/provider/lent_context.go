// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// lentContext is the context of a call until it is taken back. The plugin framework keeps
// what it derives from the context of each call until Terraform ends the provider, and the
// loggers in such a context take seven kilobytes: of ten thousand objects, which are four
// calls each, they would take more memory than all else.
type lentContext struct {
	done <-chan struct{}
	// of is the context, and nil when it was taken back.
	of atomic.Pointer[context.Context]
}

func lend(ctx context.Context) *lentContext {
	l := &lentContext{done: ctx.Done()}
	l.of.Store(&ctx)
	return l
}

// takeBack ends the use of the context, which must have been cancelled or be so at once.
func (l *lentContext) takeBack() { l.of.Store(nil) }

// Deadline implements context.Context.
func (l *lentContext) Deadline() (deadline time.Time, ok bool) {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Deadline()
	}
	return time.Time{}, false
}

// Done implements context.Context.
func (l *lentContext) Done() <-chan struct{} { return l.done }

// Err implements context.Context.
func (l *lentContext) Err() error {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Err()
	}
	return context.Canceled
}

// Value implements context.Context.
func (l *lentContext) Value(key any) any {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Value(key)
	}
	return nil
}
