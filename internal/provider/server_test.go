// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

type loggers [8 << 10]byte

type loggersKey struct{}

// The plugin framework keeps the contexts of all calls.
func TestNothingKeepsTheContextOfACall(t *testing.T) {
	t.Parallel()
	s, ok := Server("test")().(*server)
	if !ok {
		t.Fatal("the provider has another server")
	}
	for name, do := range map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "logto_role"})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "logto_role"})
			return err
		},
		"upgrade of an identity": func(ctx context.Context) error {
			_, err := s.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: "logto_role"})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "logto_role"})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "logto_role"})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "logto_role"})
			return err
		},
		"import": func(ctx context.Context) error {
			_, err := s.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: "logto_role", ID: "x"})
			return err
		},
		"read of a data source": func(ctx context.Context) error {
			_, err := s.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: "logto_role"})
			return err
		},
	} {
		if kept := afterCall(t, do); kept.Value() != nil {
			t.Errorf("%s: the context is kept", name)
		}
	}
	runtime.KeepAlive(s)
}

// afterCall makes a call and returns what its context had, if that is still in use.
func afterCall(t *testing.T, do func(context.Context) error) weak.Pointer[loggers] {
	t.Helper()
	kept := func() weak.Pointer[loggers] {
		held := &loggers{}
		ctx, end := context.WithCancel(context.WithValue(context.Background(), loggersKey{}, held)) //nolint:usetesting // the test must not keep it
		defer end()
		_ = do(ctx) // an empty request is refused, which is as good
		return weak.Make(held)
	}()
	runtime.GC()
	runtime.GC()
	return kept
}

func TestLentContext(t *testing.T) {
	t.Parallel()
	whole, cancel := context.WithCancel(context.WithValue(t.Context(), loggersKey{}, 1))
	l := lend(whole)
	child, stop := context.WithCancel(l)
	defer stop()
	if child.Value(loggersKey{}) != 1 || child.Err() != nil {
		t.Error("what is lent is not the context")
	}
	cancel()
	<-child.Done()
	if l.Err() == nil {
		t.Error("the end of the context is not that of what is lent")
	}
	l.takeBack()
	if _, has := l.Deadline(); has || l.Value(loggersKey{}) != nil || l.Err() == nil {
		t.Error("the context can be used after it was taken back")
	}
}
