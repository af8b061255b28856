// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
)

// NoAccess ends a sentence about what the client signs in with.
const NoAccess = "without it, Terraform would no longer have access to the tenant."

// OwnAccess is the sentence about what lets the client call the Management API.
const OwnAccess = "It lets the application that the provider signs in with call the Management API: " + NoAccess

// IsOwnApplication reports whether the client signs in with the application of that id.
func (c *Client) IsOwnApplication(id string) bool { return id != "" && id == c.cfg.AppID }

// IsDeniedToken reports whether Logto denies the client another access token because a
// JWT customizer does: POST /oidc/token. The token in use stays valid.
func (c *Client) IsDeniedToken(ctx context.Context) (bool, error) {
	_, err := c.AccessToken(ctx, TokenRequest{})
	if refused, ok := errors.AsType[*Error](err); ok && refused.Code == tokenDenied {
		return true, nil
	}
	return false, err
}

// tokenDenied is the code of a JWT customizer's api.denyAccess().
const tokenDenied = "oidc.access_denied"

// IsOwnSecret reports whether the client signs in with that secret of an application.
func (c *Client) IsOwnSecret(application, value string) bool {
	return c.IsOwnApplication(application) && value == c.cfg.AppSecret
}

// OpensManagementAPI reports whether a role has a scope of the Management API, with
// which an application may call it: GET /roles/{id}/scopes. A role that is gone has
// none.
func (c *Client) OpensManagementAPI(ctx context.Context, role string) (bool, error) {
	scopes, err := c.managementScopes(ctx, role)
	return len(scopes) > 0, err
}

// managementScopes are the IDs of the scopes of the Management API that a role has.
func (c *Client) managementScopes(ctx context.Context, role string) (ids []string, err error) {
	scopes, err := c.all(ctx, c.RoleScopes().source(role))
	if err != nil && !IsNotFound(err) {
		return nil, err
	}
	for _, object := range scopes {
		var scope struct {
			ID       string `json:"id"`
			Resource struct {
				Indicator string `json:"indicator"`
			} `json:"resource"`
		}
		if err := json.Unmarshal(object, &scope); err != nil {
			return nil, err
		}
		if scope.Resource.Indicator == c.cfg.Resource {
			ids = append(ids, scope.ID)
		}
	}
	return ids, nil
}

// NeedsScopeOf returns the scopes of the Management API that a role has, of which one
// has to stay: nil for a role that the client's own application does not have. It reads
// GET /applications/{id}/roles once, and GET /roles/{id}/scopes.
func (c *Client) NeedsScopeOf(ctx context.Context, role string) ([]string, error) {
	has, err := c.hasOwnRole(ctx, role)
	if err != nil || !has {
		return nil, err
	}
	return c.managementScopes(ctx, role)
}

// GivesOwnAccess reports whether the client's own application has the role, and the
// role a scope of the Management API. The roles of the application are read once:
// GET /applications/{id}/roles.
func (c *Client) GivesOwnAccess(ctx context.Context, role string) (bool, error) {
	has, err := c.hasOwnRole(ctx, role)
	if err != nil || !has {
		return false, err
	}
	return c.OpensManagementAPI(ctx, role)
}

func (c *Client) hasOwnRole(ctx context.Context, role string) (bool, error) {
	c.ownRoles.mu.Lock()
	defer c.ownRoles.mu.Unlock()
	if !c.ownRoles.read {
		ids, err := c.ApplicationRoles().Children(ctx, c.cfg.AppID)
		if err != nil {
			return false, err
		}
		c.ownRoles.ids, c.ownRoles.read = ids, true
	}
	return slices.Contains(c.ownRoles.ids, role), nil
}
