// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"net/url"
	"reflect"
)

// SSOConnectorConfig is the settings of the identity provider of an enterprise
// connector, by themselves: they need what the identity provider says of the
// connector, and the identity provider needs what the connector says of itself.
type SSOConnectorConfig struct {
	ConnectorID, ProviderName string
	Config                    SSOConfig
}

// SSOConnectorConfigInput is what can be written of an [SSOConnectorConfig].
type SSOConnectorConfigInput struct {
	Config SSOConfig `json:"config"`

	// SecretVersion is that of an [SSOConnectorInput].
	SecretVersion *int64 `json:"-"`
}

func (in SSOConnectorConfigInput) connector() SSOConnectorInput {
	return SSOConnectorInput{Config: &in.Config, SecretVersion: in.SecretVersion}
}

// SSOConnectorConfigs are the settings of enterprise connectors that have any. Their
// key is the ID of the connector.
type SSOConnectorConfigs struct{ connectors *SSOConnectors }

// SSOConnectorConfigs are the tenant's: the key config of /sso-connectors/{id}.
func (c *Client) SSOConnectorConfigs() *SSOConnectorConfigs {
	return &SSOConnectorConfigs{c.SSOConnectors()}
}

func configOf(connector *SSOConnector) *SSOConnectorConfig {
	return &SSOConnectorConfig{ConnectorID: connector.ID, ProviderName: connector.ProviderName, Config: connector.Config}
}

// Get returns the settings: GET /sso-connectors/{id}. A connector without settings is
// an error that says not found.
func (s *SSOConnectorConfigs) Get(ctx context.Context, key Key) (*SSOConnectorConfig, error) {
	connector, err := s.connectors.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	if reflect.ValueOf(connector.Config).IsZero() {
		return nil, notFound("GET /api" + path("sso-connectors", key.ID()))
	}
	return configOf(connector), nil
}

// Create gives a connector its settings, in the place of those that it has:
// PATCH /sso-connectors/{id}. The server asks the identity provider.
func (s *SSOConnectorConfigs) Create(ctx context.Context, key Key, in SSOConnectorConfigInput) (*SSOConnectorConfig, error) {
	connector, err := s.connectors.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	held := connector.Config
	held.ClientSecret = nil // it is sent in any case
	made, err := s.connectors.Collection.Update(ctx, key, SSOConnectorInput{Config: &held}, in.connector())
	if err != nil {
		return nil, explainSSO(in.connector(), err)
	}
	return configOf(made), nil
}

// Update changes what differs between from and to: PATCH /sso-connectors/{id}.
func (s *SSOConnectorConfigs) Update(ctx context.Context, key Key, from, to SSOConnectorConfigInput) (*SSOConnectorConfig, error) {
	got, err := s.connectors.Update(ctx, key, from.connector(), to.connector())
	if err != nil {
		return nil, err
	}
	return configOf(got), nil
}

// Delete ends the signing of requests, so that the signing keys can go. The rest stays,
// because the server takes settings from no connector: it answers 400
// connector.invalid_config to an empty config. It calls PATCH /sso-connectors/{id}.
func (s *SSOConnectorConfigs) Delete(ctx context.Context, key Key) error {
	connector, err := s.connectors.Get(ctx, key)
	if err != nil || connector.Config.SignAuthnRequest == nil || !*connector.Config.SignAuthnRequest {
		return err
	}
	unsigned, off := connector.Config, false
	unsigned.SignAuthnRequest = &off
	_, err = s.connectors.Collection.Update(ctx, key, SSOConnectorInput{Config: &connector.Config}, SSOConnectorInput{Config: &unsigned})
	return err
}

// Search returns the settings of all connectors that have any: GET /sso-connectors.
func (s *SSOConnectorConfigs) Search(ctx context.Context, _ []string, _ url.Values) ([]SSOConnectorConfig, error) {
	connectors, err := s.connectors.Search(ctx, nil, nil)
	if err != nil {
		return nil, err
	}
	var found []SSOConnectorConfig
	for i := range connectors {
		if !reflect.ValueOf(connectors[i].Config).IsZero() {
			found = append(found, *configOf(&connectors[i]))
		}
	}
	return found, nil
}
