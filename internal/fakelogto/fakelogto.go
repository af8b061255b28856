// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"net/http/httptest"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/api"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// The machine-to-machine application that may call the Management API, and the
// API's resource indicator.
const (
	AppID     = api.AppID
	AppSecret = api.AppSecret
	Resource  = api.Resource
)

// NoDrop, DropBefore and DropAfter say when a [Fault] cuts the connection.
const (
	NoDrop     = engine.NoDrop
	DropBefore = engine.DropBefore
	DropAfter  = engine.DropAfter
)

// What a test says to a tenant and sees of it.
type (
	// Server is a Logto tenant in memory.
	Server = engine.Server
	// Call is a call of the Management API that arrived.
	Call = engine.Call
	// Fault is something that goes wrong with calls.
	Fault = engine.Fault
	// Answer is an answer on the wire, which a Fault may change.
	Answer = engine.Answer
)

// NewServer returns a tenant as a fresh Logto OSS has it, plus the application AppID.
// It is an http.Handler; Start and [Server.Listen] put it on the network.
func NewServer() *Server { return api.NewServer() }

// Start serves a new tenant over real HTTP on 127.0.0.1 until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	s := NewServer()
	hs := httptest.NewUnstartedServer(s)
	hs.Config.ConnState = s.CountConnection
	hs.Start()
	t.Cleanup(hs.Close)
	s.URL = hs.URL
	return s
}

// BecomeCloud makes the tenant one of Logto Cloud as far as domains, protected
// applications and files go. New domains become active in two readings.
func BecomeCloud(s *Server) { api.BecomeCloud(s) }

// HaveIndicator makes an indicator such as "https://acme.logto.app/api", which names a
// tenant of Logto Cloud, that of the tenant's Management API.
func HaveIndicator(s *Server, indicator string) error { return api.HaveIndicator(s, indicator) }

// HaveStorage makes the tenant one of a server that keeps files. Nothing serves them.
func HaveStorage(s *Server) { api.HaveStorage(s) }

// HoldDomains keeps domains from becoming active: from now on every reading
// finds the status, with the error message if there is one.
func HoldDomains(s *Server, status, message string) { api.HoldDomains(s, status, message) }

// SignIn makes a session of a user, with a grant for each of the applications,
// as a sign-in to them in one browser does, and returns its ID.
func SignIn(s *Server, userID string, applicationIDs ...string) (sessionID string, err error) {
	return api.SignIn(s, userID, applicationIDs...)
}

// SignInWithSSO makes the identity that a first sign-in of a user with an enterprise
// connector makes. The issuer calls the user identityID and says the name of the user.
func SignInWithSSO(s *Server, userID, ssoConnectorID, issuer, identityID, name string) error {
	return api.SignInWithSSO(s, userID, ssoConnectorID, issuer, identityID, name)
}
