// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// tenant is the Logto that runs of Terraform change: the one that the environment
// names, or one in memory.
type tenant struct {
	server                     *fakelogto.Server // nil for a real one
	endpoint, appID, appSecret string
}

// latency is what each call of the in-memory Logto takes longer, so that what two runs do
// overlaps as it does on a real one.
const latency = 5 * time.Millisecond

func openTenant() (t *tenant, err error) {
	t = &tenant{endpoint: os.Getenv("LOGTO_ENDPOINT"), appID: os.Getenv("LOGTO_APP_ID"), appSecret: os.Getenv("LOGTO_APP_SECRET")}
	if t.endpoint == "" {
		t.server = fakelogto.NewServer()
		if err := t.server.Listen("127.0.0.1:0"); err != nil {
			return nil, err
		}
		t.server.SetLatency(latency)
		t.endpoint, t.appID, t.appSecret = t.server.URL, fakelogto.AppID, fakelogto.AppSecret
	}
	return t, nil
}

func (t *tenant) close() error {
	if t.server == nil {
		return nil
	}
	return t.server.Close()
}

// provider is the provider block for the tenant, with more arguments.
func (t *tenant) provider(more string) string {
	return fmt.Sprintf("terraform {\n  required_providers {\n    logto = {\n      source = \"logto-community/logto\"\n    }\n  }\n}\n"+
		"provider \"logto\" {\n  endpoint   = %q\n  app_id     = %q\n  app_secret = %q\n%s}\n", t.endpoint, t.appID, t.appSecret, more)
}

// String names the tenant in reports.
func (t *tenant) String() string {
	if t.server != nil {
		return "the in-memory Logto"
	}
	return t.endpoint
}

// object is an object of the tenant that Terraform made.
type object struct{ typeName, id, name string }

// kind is a type of objects with a name.
type kind struct {
	typeName string
	list     func(ctx context.Context) ([]object, error)
	delete   func(ctx context.Context, id string) error
}

type collection[T any] interface {
	Search(ctx context.Context, parents []string, filters url.Values) ([]T, error)
	Delete(ctx context.Context, key logto.Key) error
}

func kindOf[T any](typeName string, of collection[T], named func(*T) (id, name string)) kind {
	return kind{typeName,
		func(ctx context.Context) (found []object, err error) {
			all, err := of.Search(ctx, nil, nil)
			for i := range all {
				id, name := named(&all[i])
				found = append(found, object{typeName, id, name})
			}
			return found, err
		},
		func(ctx context.Context, id string) error { return of.Delete(ctx, logto.Key{id}) }}
}

// kinds are the types of objects with a name that [mixed] has. Each call has a client of
// its own, which has read nothing yet.
func (t *tenant) kinds() ([]kind, error) {
	c, err := logto.New(logto.Config{Endpoint: t.endpoint, AppID: t.appID, AppSecret: t.appSecret, MaxRetries: 5})
	if err != nil {
		return nil, err
	}
	return []kind{
		kindOf("logto_application", c.Applications(), func(a *logto.Application) (string, string) { return a.ID, a.Name }),
		kindOf("logto_api_resource", c.APIResources(), func(r *logto.APIResource) (string, string) { return r.ID, r.Name }),
		kindOf("logto_role", c.Roles(), func(r *logto.Role) (string, string) { return r.ID, r.Name }),
		kindOf("logto_organization", c.Organizations(), func(o *logto.Organization) (string, string) { return o.ID, o.Name }),
		kindOf("logto_organization_role", c.OrganizationRoles(), func(r *logto.OrganizationRole) (string, string) { return r.ID, r.Name }),
		kindOf("logto_organization_scope", c.OrganizationScopes(), func(s *logto.OrganizationScope) (string, string) { return s.ID, s.Name }),
		kindOf("logto_user", c.Users(), func(u *logto.User) (string, string) { return u.ID, text(u.Username) }),
		kindOf("logto_hook", c.Hooks(), func(h *logto.Hook) (string, string) { return h.ID, h.Name }),
	}, nil
}

// objects are the objects of the tenant whose names begin with a prefix.
func (t *tenant) objects(ctx context.Context, prefix string) (found []object, err error) {
	kinds, err := t.kinds()
	if err != nil {
		return nil, err
	}
	for _, k := range kinds {
		all, err := k.list(ctx)
		if err != nil {
			return nil, fmt.Errorf("list each %s: %w", k.typeName, err)
		}
		for _, o := range all {
			if strings.HasPrefix(o.name, prefix) {
				found = append(found, o)
			}
		}
	}
	return found, nil
}

// remove deletes the objects whose names begin with a prefix.
func (t *tenant) remove(ctx context.Context, prefix string) error {
	found, err := t.objects(ctx, prefix)
	if err != nil {
		return err
	}
	kinds, err := t.kinds()
	if err != nil {
		return err
	}
	deletes := map[string]func(context.Context, string) error{}
	for _, k := range kinds {
		deletes[k.typeName] = k.delete
	}
	var wait sync.WaitGroup
	problems := make([]error, len(found))
	slots := make(chan struct{}, 8)
	for i, o := range found {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			problems[i] = deletes[o.typeName](ctx, o.id)
		})
	}
	wait.Wait()
	return errors.Join(problems...)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
