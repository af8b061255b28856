// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// topic says where the page of a type stands in the registry's menu, and which page
// of Logto's documentation explains its concept.
type topic struct{ prefix, subcategory, concept, path string }

// guides of this provider on a type, by the first entry that its name begins with.
var guides = []struct{ prefix, title, page string }{
	{"connector", "Connectors", "connectors"},
	{"test_connector", "Connectors", "connectors"},
	{"sso_connector", "Enterprise SSO", "enterprise-sso"},
	{"sign_in_experience", "Sign-in recipes", "sign-in-recipes"},
	{"custom_phrase", "Sign-in recipes", "sign-in-recipes"},
	{"organization", "Organizations", "organizations"},
	{"send_organization_invitation", "Organizations", "organizations"},
	{"application_secret", "Secrets", "secrets"},
	{"access_token", "Organizations", "organizations"},
}

// topics: the first entry that a type's name (without logto_) begins with decides, so
// what is narrower stands higher.
var topics = []topic{
	{"application_access_control", "Applications", "app-level access control", "integrate-logto/app-level-access-control"},
	{"application_custom_domain", "Applications", "protected apps", "integrate-logto/protected-app"},
	{"application_role", "Applications", "role-based access control", "authorization/role-based-access-control"},
	{"application_sign_in_experience", "Applications", "branding", "customization/match-your-brand"},
	{"application_user_consent_scopes", "Applications", "permissions of third-party applications", "integrate-logto/third-party-applications/permission-management"},
	{"application", "Applications", "applications", "integrate-logto/application-data-structure"},
	{"dynamic_app", "Applications", "third-party applications", "integrate-logto/third-party-applications"},
	{"access_token", "Applications", "access tokens for the Management API", "integrate-logto/interact-with-management-api"},
	{"api_resource", "API resources", "API resources", "authorization/global-api-resources"},
	{"role", "Roles", "role-based access control", "authorization/role-based-access-control"},
	{"custom_ui_assets", "Sign-in", "custom sign-in pages", "customization/bring-your-ui"},
	{"username_case_conflicts", "Sign-in", "sign-up and sign-in", "end-user-flows/sign-up-and-sign-in"},
	{"user_role", "Roles", "role-based access control", "authorization/role-based-access-control"},
	{"organization_invitation", "Organizations", "organization invitations", "end-user-flows/organization-experience/invite-organization-members"},
	{"organization_role", "Organizations", "the organization template", "authorization/organization-template"},
	{"organization_scope", "Organizations", "the organization template", "authorization/organization-template"},
	{"organization", "Organizations", "organizations", "organizations/organization-management"},
	{"send_organization_invitation", "Organizations", "organization invitations", "end-user-flows/organization-experience/invite-organization-members"},
	{"user_identity", "Users", "user data", "user-management/user-data"},
	{"user", "Users", "user data", "user-management/user-data"},
	{"personal_access_token", "Users", "personal access tokens", "user-management/personal-access-token"},
	{"one_time_token", "Users", "one-time tokens", "end-user-flows/one-time-token"},
	{"subject_token", "Users", "user impersonation", "developers/user-impersonation"},
	{"reset_user_mfa", "Users", "multi-factor authentication", "end-user-flows/mfa"},
	{"expire_user_password", "Users", "the password policy", "security/password-policy"},
	{"revoke_one_time_token", "Users", "one-time tokens", "end-user-flows/one-time-token"},
	{"set_invitation_status", "Organizations", "organization invitations", "end-user-flows/organization-experience/invite-organization-members"},
	{"delete_legacy_application_secret", "Applications", "applications", "integrate-logto/application-data-structure"},
	{"delete_oidc_key", "Settings", "signing keys", "developers/signing-keys"},
	{"test_jwt_customizer", "Settings", "custom token claims", "developers/custom-token-claims"},
	{"test_action", "Settings", "actions", "developers/actions"},
	{"revoke_user_sessions", "Users", "user sessions", "sessions/manage-user-sessions"},
	{"connector", "Connectors", "connectors", "connectors"},
	{"sso_connector", "Connectors", "enterprise connectors", "connectors/enterprise-connectors"},
	{"test_connector", "Connectors", "connectors", "connectors"},
	{"delete_vault_secret", "Connectors", "the secret vault", "secret-vault/federated-token-set"},
	{"sign_in_experience", "Sign-in", "sign-up and sign-in", "end-user-flows/sign-up-and-sign-in"},
	{"account_center", "Sign-in", "account settings", "end-user-flows/account-settings"},
	{"captcha_provider", "Sign-in", "captchas", "security/captcha"},
	{"custom_phrase", "Sign-in", "localized languages", "customization/localized-languages"},
	{"custom_profile_field", "Sign-in", "user profile collection", "end-user-flows/collect-user-profile"},
	{"email_template", "Sign-in", "email templates", "connectors/email-connectors/email-templates"},
	{"clear_sentinel_activities", "Sign-in", "identifier lockout", "security/identifier-lockout"},
	{"hook_signing_key", "Webhooks and domains", "secure webhooks", "developers/webhooks/secure-webhooks"},
	{"hook", "Webhooks and domains", "webhooks", "developers/webhooks"},
	{"test_hook", "Webhooks and domains", "webhooks", "developers/webhooks"},
	{"rotate_hook_signing_key", "Webhooks and domains", "secure webhooks", "developers/webhooks/secure-webhooks"},
	{"domain", "Webhooks and domains", "custom domains", "logto-cloud/custom-domain"},
	{"saml_application", "SAML", "SAML apps", "integrate-logto/saml-app"},
	{"action", "Settings", "actions", "developers/actions"},
	{"audit_log", "Settings", "audit logs", "developers/audit-logs"},
	{"id_token_config", "Settings", "custom ID tokens", "developers/custom-id-token"},
	{"jwt_customizer", "Settings", "custom token claims", "developers/custom-token-claims"},
	{"oidc_session_config", "Settings", "session configuration", "sessions/session-configs"},
	{"oidc_configuration", "Settings", "applications", "integrate-logto/application-data-structure"},
	{"oidc_keys", "Settings", "signing keys", "developers/signing-keys"},
	{"rotate_oidc_keys", "Settings", "signing keys", "developers/signing-keys"},
	{"system", "Settings", "self-hosted Logto", "logto-oss"},
}

func topicOf(shortName string) (topic, error) {
	for _, t := range topics {
		if strings.HasPrefix(shortName, t.prefix) {
			return t, nil
		}
	}
	return topic{}, fmt.Errorf("logto_%s has no topic: add it to internal/cmd/docs/topics.go", shortName)
}

// seeAlso are the sentences that link the page of Logto's documentation, and the guide of this
// provider if there is one.
func (t topic) seeAlso(shortName string) string {
	links := fmt.Sprintf("The documentation of Logto explains [%s](https://docs.logto.io/%s).", t.concept, t.path)
	for _, g := range guides {
		if strings.HasPrefix(shortName, g.prefix) {
			return links + fmt.Sprintf(" The guide [%s](../guides/%s.md) has complete configurations.", g.title, g.page)
		}
	}
	return links
}

// setTopics fills the empty subcategory that the generator leaves in the front matter of each type's page, and adds the
// link to Logto's documentation below the description.
func setTopics(docs string) error {
	pages, err := filepath.Glob(filepath.Join(docs, "*", "*.md"))
	if err != nil {
		return err
	}
	for _, page := range pages {
		if kind := filepath.Base(filepath.Dir(page)); kind == "guides" || kind == "functions" {
			continue
		}
		shortName := strings.TrimSuffix(filepath.Base(page), ".md")
		t, err := topicOf(shortName)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		filled := strings.Replace(string(text), `subcategory: ""`, fmt.Sprintf("subcategory: %q", t.subcategory), 1)
		filled = strings.Replace(filled, "\n## ", "\n"+t.seeAlso(shortName)+"\n\n## ", 1)
		if err := os.WriteFile(page, []byte(filled), 0o644); err != nil {
			return err
		}
	}
	return nil
}
