// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Kinds of an [ApplicationURI].
const (
	SignInURI  = "sign_in"
	SignOutURI = "sign_out"
	CORSOrigin = "cors"
)

// uriLists say for each kind which list of an application has it: the key of the list,
// in the object under another key, which the API replaces whole.
var uriLists = map[string]struct{ object, list string }{
	SignInURI:  {"oidcClientMetadata", "redirectUris"},
	SignOutURI: {"oidcClientMetadata", "postLogoutRedirectUris"},
	CORSOrigin: {"customClientMetadata", "corsAllowedOrigins"},
}

// ApplicationURI is one of the URIs of an application.
type ApplicationURI struct{ ApplicationID, Kind, URI string }

// ApplicationURIs are single URIs of applications, under the key of the application's id,
// the kind and the URI. The API has no operations for them: one is added to and removed
// from what is there, under the lock of the application.
type ApplicationURIs struct{ c *Client }

// ApplicationURIs are single URIs of applications.
func (c *Client) ApplicationURIs() *ApplicationURIs { return &ApplicationURIs{c} }

// Get returns a URI: from the list of applications, or GET /applications/{id}.
func (s *ApplicationURIs) Get(ctx context.Context, key Key) (*ApplicationURI, error) {
	application, err := s.c.Applications().Get(ctx, key[:1])
	if err == nil && !slices.Contains(application.uris(key[1]), key[2]) {
		// A list that was read before may not have it yet.
		var object json.RawMessage
		if object, err = s.c.getShared(ctx, s.c.Applications().one(http.MethodGet, key[:1])); err == nil {
			application, err = s.c.Applications().decode(http.MethodGet, object, nil)
		}
	}
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(application.uris(key[1]), key[2]):
		return nil, notFound("GET /api/applications" + path(key[0]))
	}
	return &ApplicationURI{key[0], key[1], key[2]}, nil
}

func (a *Application) uris(kind string) []string {
	switch kind {
	case SignInURI:
		return a.OIDCClientMetadata.RedirectURIs
	case SignOutURI:
		return a.OIDCClientMetadata.PostLogoutRedirectURIs
	}
	return a.CustomClientMetadata.CORSAllowedOrigins
}

// Create adds a URI to those of its kind: PATCH /applications/{id}. It is no error when
// the application has it.
func (s *ApplicationURIs) Create(ctx context.Context, key Key, _ struct{}) (*ApplicationURI, error) {
	err := s.change(ctx, key, func(uris []string) []string {
		if slices.Contains(uris, key[2]) {
			return uris
		}
		return append(uris, key[2])
	})
	return &ApplicationURI{key[0], key[1], key[2]}, atURI(err)
}

// Update does nothing: a URI has nothing but its key.
func (s *ApplicationURIs) Update(ctx context.Context, key Key, _, _ struct{}) (*ApplicationURI, error) {
	return s.Get(ctx, key)
}

// Delete removes a URI from those of its kind: PATCH /applications/{id}.
func (s *ApplicationURIs) Delete(ctx context.Context, key Key) error {
	return s.change(ctx, key, func(uris []string) []string {
		return slices.DeleteFunc(uris, func(uri string) bool { return uri == key[2] })
	})
}

// Search returns the URIs of a kind that an application has: GET /applications/{id}.
// There are no filters.
func (s *ApplicationURIs) Search(ctx context.Context, parents []string, _ url.Values) ([]ApplicationURI, error) {
	application, err := s.c.Applications().Get(ctx, parents[:1])
	if err != nil {
		return nil, err
	}
	var found []ApplicationURI
	for _, uri := range application.uris(parents[1]) {
		found = append(found, ApplicationURI{parents[0], parents[1], uri})
	}
	return found, nil
}

// changeTries is how often a change is written that another run undoes at the same time.
const changeTries = 10

// change reads the URIs of a kind, and writes what to makes of them. The lock holds for
// this run only: another run that has read the list before the write undoes it with a
// write of its own. So the list is read again when that would be over. This run can change
// other URIs meanwhile.
func (s *ApplicationURIs) change(ctx context.Context, key Key, to func(uris []string) []string) error {
	for range changeTries {
		began := time.Now()
		changed, err := s.changeOnce(ctx, key, to)
		if err != nil || !changed {
			return err
		}
		if err := s.c.waitForOthers(ctx, began); err != nil {
			return err
		}
	}
	return refuse("uri", "Another run changes the URIs of this application all the time. Apply again when it is done.")
}

// changeOnce writes what to makes of the URIs of a kind: PATCH /applications/{id} with
// all that the object around the list has, and nothing when there is no change.
func (s *ApplicationURIs) changeOnce(ctx context.Context, key Key, to func(uris []string) []string) (changed bool, err error) {
	applications, at := s.c.Applications(), uriLists[key[1]]
	r := applications.one(http.MethodPatch, key[:1])
	defer s.c.locks.lock(r.path)()
	current := map[string]json.RawMessage{}
	if err := s.c.do(ctx, applications.one(http.MethodGet, key[:1]), &current); err != nil {
		return false, err
	}
	around := map[string]json.RawMessage{}
	var uris []string
	if err := json.Unmarshal(current[at.object], &around); err != nil {
		return false, s.c.unreadable(http.MethodGet, r.path, err)
	}
	if list, ok := around[at.list]; ok {
		if err := json.Unmarshal(list, &uris); err != nil {
			return false, s.c.unreadable(http.MethodGet, r.path, err)
		}
	}
	wanted := to(slices.Clone(uris))
	if slices.Equal(wanted, uris) {
		return false, nil
	}
	list, err := json.Marshal(append([]string{}, wanted...))
	if err != nil {
		return false, err
	}
	around[at.list] = list
	r.body = map[string]any{at.object: around}
	var answer json.RawMessage
	if err := s.c.do(ctx, r, &answer); err != nil {
		return false, err
	}
	kept, err := applications.decode(r.method, answer, nil)
	if err == nil && !slices.Equal(kept.uris(key[1]), wanted) {
		err = s.c.unreadable(r.method, r.path, errors.New("it does not have the URIs that were written"))
	}
	return true, err
}

// atURI says of a refusal that it is about the URI.
func atURI(err error) error {
	refused, ok := errors.AsType[*Error](err)
	if !ok || len(refused.Issues) == 0 {
		return err
	}
	told := *refused
	told.Issues = nil
	for _, issue := range refused.Issues {
		issue.Path = []any{"uri"}
		told.Issues = append(told.Issues, issue)
	}
	return &told
}
