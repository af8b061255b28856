// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// newer says where Terraform has what a Logto has only from some version on, by the rows of
// the tables of package since: the operation, or the key of a setting with its path.
// A place is a type, as "resource logto_action", or an attribute of it. What has no
// place begins with "-" and says why.
var newer = map[string][]string{
	"GET /api/configs/cimd":                                           {"data logto_dynamic_app", "list logto_dynamic_app"},
	"PATCH /api/configs/cimd":                                         {"resource logto_dynamic_app"},
	"GET /api/cimd/user-consent-scopes":                               {"data logto_dynamic_app"},
	"POST /api/cimd/user-consent-scopes":                              {"resource logto_dynamic_app"},
	"DELETE /api/cimd/user-consent-scopes/{scopeType}/{scopeId}":      {"resource logto_dynamic_app"},
	"GET /api/sso-connectors/{id}/signing-keys":                       {"data logto_sso_connector_signing_keys", "list logto_sso_connector_signing_key"},
	"POST /api/sso-connectors/{id}/signing-keys":                      {"resource logto_sso_connector_signing_key"},
	"PATCH /api/sso-connectors/{id}/signing-keys/{keyId}":             {"resource logto_sso_connector_signing_key"},
	"DELETE /api/sso-connectors/{id}/signing-keys/{keyId}":            {"resource logto_sso_connector_signing_key"},
	"GET /api/configs/actions":                                        {"data logto_actions", "list logto_action"},
	"POST /api/configs/actions/test":                                  {"action logto_test_action"},
	"GET /api/configs/actions/{actionType}":                           {"resource logto_action"},
	"PUT /api/configs/actions/{actionType}":                           {"resource logto_action"},
	"PATCH /api/configs/actions/{actionType}":                         {"- the resource writes by PUT"},
	"DELETE /api/configs/actions/{actionType}":                        {"resource logto_action"},
	"GET /api/domains/{id}/verification-files":                        {"data logto_domain.verification_files", "resource logto_domain.verification_files"},
	"PUT /api/domains/{id}/verification-files":                        {"resource logto_domain.verification_files"},
	"GET /api/applications/{applicationId}/access-control":            {"data logto_application_access_control", "list logto_application_access_control"},
	"PUT /api/applications/{applicationId}/access-control":            {"resource logto_application_access_control"},
	"GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts": {"data logto_username_case_conflicts"},
	"PATCH /api/users/{userId}/password/expiration":                   {"action logto_expire_user_password"},
	"POST /api/domains/cleanup":                                       {"- no type makes the call"},
	"GET /api/configs/oidc/session":                                   {"data logto_oidc_session_config", "list logto_oidc_session_config"},
	"PATCH /api/configs/oidc/session":                                 {"resource logto_oidc_session_config"},
	"GET /api/users/{userId}/sessions":                                {"action logto_revoke_user_sessions"},
	"GET /api/users/{userId}/sessions/{sessionId}":                    {"- no type makes the call"},
	"DELETE /api/users/{userId}/sessions/{sessionId}":                 {"action logto_revoke_user_sessions"},
	"GET /api/users/{userId}/grants":                                  {"action logto_revoke_user_sessions"},
	"DELETE /api/users/{userId}/grants/{grantId}":                     {"action logto_revoke_user_sessions"},
	" cimdClientId": {"- no type has it"},
	"/api/sso-connectors/{id} config.signAuthnRequest":                         {"resource logto_sso_connector_config.saml.sign_authn_request"},
	"/api/sso-connectors/{id} config.requestSignatureAlgorithm":                {"resource logto_sso_connector_config.saml.request_signature_algorithm"},
	"/api/applications/{id}/user-consent-scopes userScopes":                    {"resource logto_application_user_consent_scopes.user_scopes", "data logto_application_user_consent_scopes.user_scopes"},
	"/api/one-time-tokens/{id} context.interactionEvent":                       {"ephemeral logto_one_time_token.interaction_event"},
	"/api/sign-in-exp emailBlocklistPolicy.customAllowlist":                    signInSetting("email_blocklist_policy.custom_allowlist"),
	"/api/hooks/{id} events":                                                   {"resource logto_hook.events", "data logto_hook.events", "data logto_hooks.hooks.events"},
	"/api/applications/{id} appLevelAccessControlEnabled":                      {"data logto_application.access_control_enabled", "data logto_applications.applications.access_control_enabled"},
	"/api/saml-applications/{id} appLevelAccessControlEnabled":                 {"- no type has it"},
	"/api/sign-in-exp signUpProfileFields":                                     signInSetting("sign_up_profile_fields"),
	"/api/sign-in-exp verificationCodePolicy":                                  signInSetting("verification_code_policy"),
	"/api/sign-in-exp passwordExpiration":                                      signInSetting("password_expiration"),
	"/api/sign-in-exp usernamePolicy":                                          signInSetting("username_policy"),
	"/api/account-center profileFields":                                        accountSetting("profile_fields"),
	"/api/account-center fields.passkey":                                       accountSetting("fields.passkey"),
	"/api/configs/jwt-customizer/{tokenTypePath} contextSample.organization":   {"- it is a part of free JSON"},
	"/api/sign-in-exp customUiCsp":                                             signInSetting("custom_ui_csp"),
	"/api/applications/{id} protectedAppMetadata.additionalScopes":             {"resource logto_application.protected_app.additional_scopes", "data logto_application.protected_app.additional_scopes"},
	"/api/account-center deleteAccountUrl":                                     accountSetting("delete_account_url"),
	"/api/account-center customCss":                                            accountSetting("custom_css"),
	"/api/configs/jwt-customizer/{tokenTypePath} blockIssuanceOnError":         {"resource logto_jwt_customizer.block_issuance_on_error"},
	"/api/configs/oidc/{keyType}/rotate rotationGracePeriod":                   {"action logto_rotate_oidc_keys.grace_period"},
	"/api/configs/oidc/private-keys status":                                    {"data logto_oidc_keys.oidc_keys.status"},
	"/api/configs/oidc/private-keys effectiveAt":                               {"data logto_oidc_keys.oidc_keys.effective_at"},
	"/api/applications/{id} customClientMetadata.isDeviceFlow":                 {"resource logto_application.is_device_flow", "data logto_application.is_device_flow"},
	"/api/applications/{id} customClientMetadata.maxAllowedGrants":             {"resource logto_application.max_allowed_grants", "data logto_application.max_allowed_grants"},
	"/api/sign-in-exp adaptiveMfa":                                             signInSetting("adaptive_mfa"),
	"/api/sign-in-exp mfa.policy":                                              signInSetting("mfa.policy"),
	"/api/users/{userId}/logto-configs mfa.enabled":                            {"resource logto_user.logto_configs.mfa_enabled", "data logto_user.logto_configs.mfa_enabled"},
	"/api/users/{userId}/logto-configs mfa.additionalBindingSuggestionSkipped": {"- no type has it"},
}

func signInSetting(attribute string) []string {
	return []string{"resource logto_sign_in_experience." + attribute, "data logto_sign_in_experience." + attribute}
}

func accountSetting(attribute string) []string {
	return []string{"resource logto_account_center." + attribute, "data logto_account_center." + attribute}
}

// saysVersion finds the versions of Logto that a description names as the first ones.
var saysVersion = regexp.MustCompile(`Logto (1\.[0-9]+) or later`)

// Every type and attribute that the oldest supported Logto lacks says from which version
// on there is one, and no other does.
func TestSinceIsSaid(t *testing.T) {
	t.Parallel()
	said := everyDescription(t)
	wanted := map[string][]string{} // versions by place
	want := func(row, version string, values []string) {
		places, ok := newer[row]
		if !ok {
			t.Errorf("%q is in the table of package since: say in newer where Terraform has it, or why nowhere", row)
		}
		for _, place := range places {
			if strings.HasPrefix(place, "-") {
				continue
			}
			text, ok := said[place]
			if !ok {
				t.Errorf("there is no %s", place)
				continue
			}
			wanted[place] = append(wanted[place], version)
			if !slices.Contains(versionsIn(text), version) {
				t.Errorf("the description of %s does not say that it needs Logto %s: %q", place, version, text)
			}
			for _, v := range values {
				if !strings.Contains(text, "`"+v+"`") {
					t.Errorf("the description of %s does not name %s: %q", place, v, text)
				}
			}
		}
	}
	rows := map[string]bool{}
	for _, o := range since.Operations() {
		rows[o.Operation] = true
		want(o.Operation, o.Since, nil)
	}
	for _, s := range since.Settings() {
		rows[s.Path+" "+s.Key] = true
		want(s.Path+" "+s.Key, s.Since, s.Values)
	}
	for row := range newer {
		if !rows[row] {
			t.Errorf("%q is not in the tables of package since any more", row)
		}
	}
	for _, place := range slices.Sorted(maps.Keys(said)) {
		for _, version := range versionsIn(said[place]) {
			if !isNewer(place, version, wanted) {
				t.Errorf("the description of %s says Logto %s, and the tables do not have it", place, version)
			}
		}
	}
}

// isNewer reports whether a place, or what it shows of a place, is to say that version.
func isNewer(place, version string, wanted map[string][]string) bool {
	for other, versions := range wanted {
		if (other == place || plural(other, place)) && slices.Contains(versions, version) {
			return true
		}
	}
	return false
}

// plural reports whether place is the attribute of a data source of many objects that
// wanted is in the data source of one, or in the resource.
func plural(wanted, place string) bool {
	_, attribute, isAttribute := strings.Cut(wanted, ".")
	return isAttribute && strings.HasPrefix(place, "data ") && strings.HasSuffix(place, "s."+attribute)
}

func versionsIn(text string) (versions []string) {
	for _, m := range saysVersion.FindAllStringSubmatch(text, -1) {
		versions = append(versions, m[1])
	}
	return versions
}

// everyDescription are the descriptions of all types and attributes, under their places.
func everyDescription(t *testing.T) map[string]string {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"resource ": s.ResourceSchemas, "data ": s.DataSourceSchemas, "ephemeral ": s.EphemeralResourceSchemas, "list ": s.ListResourceSchemas,
	} {
		for name, schema := range schemas {
			describePlace(kind+name, schema, said)
		}
	}
	for name, a := range s.ActionSchemas {
		describePlace("action "+name, a.Schema, said)
	}
	return said
}

func describePlace(place string, schema *tfprotov6.Schema, said map[string]string) {
	said[place] = schema.Block.Description
	var visit func(under string, attributes []*tfprotov6.SchemaAttribute)
	visit = func(under string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			said[under+"."+a.Name] = a.Description
			if a.NestedType != nil {
				visit(under+"."+a.Name, a.NestedType.Attributes)
			}
		}
	}
	visit(place, schema.Block.Attributes)
}
