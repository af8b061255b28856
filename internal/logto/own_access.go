// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
)

// IsOwnApplication reports whether the client signs in with the application of that id.
func (c *Client) IsOwnApplication(id string) bool { return id != "" && id == c.cfg.AppID }

// IsOwnSecret reports whether the client signs in with that secret of an application.
func (c *Client) IsOwnSecret(application, value string) bool {
	return c.IsOwnApplication(application) && value == c.cfg.AppSecret
}

// OpensManagementAPI reports whether a role has a scope of the Management API, with
// which an application may call it: GET /roles/{id}/scopes. A role that is gone has
// none.
func (c *Client) OpensManagementAPI(ctx context.Context, role string) (bool, error) {
	scopes, err := c.all(ctx, c.RoleScopes().source(role))
	if err != nil && !IsNotFound(err) {
		return false, err
	}
	for _, object := range scopes {
		var scope struct {
			Resource struct {
				Indicator string `json:"indicator"`
			} `json:"resource"`
		}
		if err := json.Unmarshal(object, &scope); err != nil {
			return false, err
		}
		if scope.Resource.Indicator == c.cfg.Resource {
			return true, nil
		}
	}
	return false, nil
}
