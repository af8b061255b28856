// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Two runs that change the URIs of one application at once lose none, though Logto
// replaces the list whole.
func TestApplicationURIs_twoRuns(t *testing.T) {
	t.Parallel()
	server := fakelogto.Start(t)
	server.SetLatency(2 * time.Millisecond)
	runs := []*logto.Client{connect(t, server), connect(t, server)}
	made, err := runs[0].Applications().Create(t.Context(), logto.Key{""}, logto.ApplicationInput{Name: "shared", Type: "SPA",
		OIDCClientMetadata: logto.OIDCClientMetadata{RedirectURIs: []string{}, PostLogoutRedirectURIs: []string{}}})
	if err != nil {
		t.Fatal(err)
	}
	const each = 10
	change := func(how func(c *logto.Client, key logto.Key) error) {
		var wait sync.WaitGroup
		for i, c := range runs {
			wait.Go(func() {
				for n := range each {
					if err := how(c, logto.Key{made.ID, logto.SignInURI, fmt.Sprintf("https://%d-%d.example.com", i, n)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
	}
	count := func(want int) {
		t.Helper()
		got, err := connect(t, server).ApplicationURIs().Search(t.Context(), []string{made.ID, logto.SignInURI}, nil)
		if err != nil || len(got) != want {
			t.Errorf("the application has %d URIs, want %d: %v", len(got), want, err)
		}
	}
	change(func(c *logto.Client, key logto.Key) error {
		_, err := c.ApplicationURIs().Create(t.Context(), key, struct{}{})
		return err
	})
	count(len(runs) * each)
	change(func(c *logto.Client, key logto.Key) error { return c.ApplicationURIs().Delete(t.Context(), key) })
	count(0)
}

// Of two runs that create an email connector at once, one is told that its own is gone.
func TestConnectors_twoRuns(t *testing.T) {
	t.Parallel()
	server := fakelogto.Start(t)
	server.SetLatency(5 * time.Millisecond)
	config := []byte(`{"domain":"example.com","apiKey":"key","from":"a@example.com","deliveries":{"Generic":{"html":"{{code}}"}}}`)
	problems := make([]error, 2)
	var wait sync.WaitGroup
	for i := range problems {
		wait.Go(func() {
			_, problems[i] = connect(t, server).Connectors().Create(t.Context(), logto.Key{""}, logto.ConnectorInput{ConnectorID: "mailgun-email", Config: config})
		})
	}
	wait.Wait()
	told := 0
	for _, err := range problems {
		if _, ok := errors.AsType[*logto.InputError](err); ok {
			told++
		} else if err != nil {
			t.Error(err)
		}
	}
	if told != 1 {
		t.Errorf("%d of two runs were told, want 1: %v", told, problems)
	}
}

// A connector that was made is known, although nobody can say whether another run has
// deleted it.
func TestConnectors_unread(t *testing.T) {
	t.Parallel()
	server := fakelogto.Start(t)
	server.Inject(fakelogto.Fault{Method: http.MethodGet, Path: "/api/connectors/*", Status: http.StatusServiceUnavailable})
	config := []byte(`{"domain":"example.com","apiKey":"key","from":"a@example.com","deliveries":{"Generic":{"html":"{{code}}"}}}`)
	made, err := connect(t, server).Connectors().Create(t.Context(), logto.Key{""}, logto.ConnectorInput{ConnectorID: "mailgun-email", Config: config})
	if err != nil || made == nil || server.Hits() == 0 {
		t.Errorf("%d faults, and %v", server.Hits(), err)
	}
}

// Two runs that each set a part of one object of the sign-in experience lose neither,
// though Logto replaces that object whole.
func TestSignInExperience_twoRuns(t *testing.T) {
	t.Parallel()
	server := fakelogto.Start(t)
	server.SetLatency(2 * time.Millisecond)
	for n := range 10 {
		logo, favicon := fmt.Sprintf("https://example.com/%d.png", n), fmt.Sprintf("https://example.com/%d.ico", n)
		var wait sync.WaitGroup
		for _, branding := range []logto.SignInBranding{{LogoURL: logo}, {Favicon: favicon}} {
			wait.Go(func() {
				if _, err := connect(t, server).SignInExperience().Create(t.Context(), nil, logto.SignInExperience{Branding: &branding}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		got, err := connect(t, server).SignInExperience().Get(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if b := got.Branding; b == nil || b.LogoURL != logo || b.Favicon != favicon {
			t.Errorf("round %d: a part is lost: %+v", n, b)
		}
	}
}
