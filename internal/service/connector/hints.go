// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"maps"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"connector.invalid_type_for_syncing_profile": {Attribute: "sync_profile", Advice: "Only social connectors know profiles of users. Leave it out."},
			"connector.token_storage_not_supported":      {Attribute: "enable_token_storage", Advice: "Connectors of this kind cannot store tokens. Leave it out."},
			"request.feature_not_supported": {
				Attribute: "enable_token_storage", Advice: "This Logto is not set up for it: to store tokens a self-hosted Logto needs the environment variable SECRET_VAULT_KEK.",
			},
		},
		"logto_connector": {
			"connector.cannot_overwrite_metadata_for_non_standard_connector": {
				Attribute: "target", Advice: "Only connectors of the standard factories oidc, oauth2 and saml can have another target, name or logo.",
			},
			"connector.invalid_config":                   {Attribute: "config", Advice: "The settings that the connector has are not what its factory takes. Change them at the connector."},
			"connector.multiple_instances_not_supported": {Attribute: "connector_id", Advice: "A tenant has one connector of this factory. Import it. Only the factories oidc, oauth2 and saml allow several."},
			"connector.multiple_target_with_same_platform": {
				Attribute: "target", Advice: "Another social connector has this target; it can be one of another factory. Choose another target, or delete or import the other connector.",
			},
			"connector.not_found_with_connector_id":                            {Attribute: "connector_id", Advice: "This Logto has no factory of this id. The data source logto_connector_factories lists those that it has."},
			"connector.should_specify_target":                                  {Attribute: "target", Advice: "A connector of a standard factory needs a target that no other connector has."},
			"sign_in_experiences.password_expiration_requires_forgot_password": {Advice: connectorBeforeExpiration},
		},
		"logto_sso_connector": withSettingsHints(map[string]framework.Hint{
			"single_sign_on.duplicate_connector_name": {Attribute: "connector_name", Advice: "Names of enterprise connectors are unique in the tenant. Choose another, or import the connector."},
			"single_sign_on.duplicated_domains":       {Attribute: "domains", Advice: "List each domain once."},
			"single_sign_on.forbidden_domains":        {Attribute: "domains", Advice: "Domains of public mail services belong to no company. Remove them."},
		}),
		"logto_sso_connector_config": withSettingsHints(map[string]framework.Hint{
			"single_sign_on.active_signing_key_required": {
				Attribute: "saml", Advice: "To sign its requests, Logto needs an active signing key of the connector: a logto_sso_connector_signing_key with active = true, named in depends_on.",
			},
		}),
		"logto_sso_connector_signing_key": {
			"connector.not_found": {Attribute: "connector_id", Advice: "This Logto has no factory that can send with these settings."},
			"single_sign_on.can_not_deactivate_signing_key_in_use": {
				Attribute: "active", Advice: "The connector signs its requests, so it keeps an active key. Activate another key, or set sign_authn_request = false in its logto_sso_connector_config, and apply that first. A logto_sso_connector_config that names the key in depends_on is destroyed before it.",
			},
		},
		"logto_test_connector": {
			"connector.general":         {Advice: "Logto could not send the message: the service of the connector could not be reached, or refused it. Check the settings of the connector."},
			"connector.invalid_config":  {Attribute: "connector_id", Advice: "The settings that the connector has are not what its factory takes. Change them at the connector."},
			"connector.not_found":       {Attribute: "connector_id", Advice: "This Logto has no factory that can send with these settings."},
			"connector.unexpected_type": {Attribute: "connector_id", Advice: "Email connectors send to an email, Sms connectors to a phone."},
		},
	}
}

// connectorBeforeExpiration is about Terraform's order of destroys and updates.
const connectorBeforeExpiration = "Passwords that expire need a way to reset them: a method in forgot_password_methods of the sign-in experience, and the connector that it needs. " +
	"Where a connector goes in the same apply as password_expiration, Terraform deletes the connector first: apply the sign-in experience alone before, with -target=logto_sign_in_experience.<name>. " +
	"With create_before_destroy = true in the lifecycle of the connector from the start (and replace_existing = true, so that one can take the place of another), Terraform changes the sign-in experience first by itself."

// withSettingsHints adds the hints of both types that have the settings of an identity
// provider.
func withSettingsHints(hints map[string]framework.Hint) map[string]framework.Hint {
	maps.Copy(hints, map[string]framework.Hint{
		"connector.invalid_config": {
			Advice: "The settings that the connector has are not what its factory takes. Change them at the connector.",
		},
		"connector.invalid_certificate": {Attribute: "saml", Advice: "The certificate of the identity provider is not an X.509 certificate in PEM format."},
		"connector.invalid_metadata": {
			Attribute: "saml", Advice: "Logto could not use the metadata of the identity provider. Check metadata_url, which Logto's server must reach, or the document in metadata.",
		},
	})
	return hints
}
