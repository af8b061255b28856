// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// subcategories groups the pages in the registry's menu. The first entry that a type's name (without logto_) begins
// with decides, so what is narrower stands higher.
var subcategories = []struct{ prefix, title string }{
	{"application", "Applications"},
	{"access_token", "Applications"},
	{"api_resource", "API resources"},
	{"role", "Roles"},
	{"user_role", "Roles"},
	{"organization", "Organizations"},
	{"send_organization_invitation", "Organizations"},
	{"user", "Users"},
	{"personal_access_token", "Users"},
	{"one_time_token", "Users"},
	{"subject_token", "Users"},
	{"revoke_user_sessions", "Users"},
	{"connector", "Connectors"},
	{"sso_connector", "Connectors"},
	{"test_connector", "Connectors"},
	{"delete_vault_secret", "Connectors"},
	{"sign_in_experience", "Sign-in"},
	{"account_center", "Sign-in"},
	{"captcha_provider", "Sign-in"},
	{"custom_phrase", "Sign-in"},
	{"custom_profile_field", "Sign-in"},
	{"email_template", "Sign-in"},
	{"clear_sentinel_activities", "Sign-in"},
	{"hook", "Hooks and domains"},
	{"test_hook", "Hooks and domains"},
	{"rotate_hook_signing_key", "Hooks and domains"},
	{"domain", "Hooks and domains"},
	{"saml_application", "SAML"},
	{"action", "Settings"},
	{"audit_log", "Settings"},
	{"id_token_config", "Settings"},
	{"jwt_customizer", "Settings"},
	{"oidc_", "Settings"},
	{"rotate_oidc_keys", "Settings"},
	{"system", "Settings"},
}

func subcategoryOf(shortName string) (string, error) {
	for _, s := range subcategories {
		if strings.HasPrefix(shortName, s.prefix) {
			return s.title, nil
		}
	}
	return "", fmt.Errorf("logto_%s has no subcategory: add it to internal/docs/subcategory.go", shortName)
}

// setSubcategories fills the empty subcategory that the generator leaves in the front matter of each type's page.
func setSubcategories(docs string) error {
	pages, err := filepath.Glob(filepath.Join(docs, "*", "*.md"))
	if err != nil {
		return err
	}
	for _, page := range pages {
		if kind := filepath.Base(filepath.Dir(page)); kind == "guides" || kind == "functions" {
			continue
		}
		title, err := subcategoryOf(strings.TrimSuffix(filepath.Base(page), ".md"))
		if err != nil {
			return err
		}
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		filled := strings.Replace(string(text), `subcategory: ""`, fmt.Sprintf("subcategory: %q", title), 1)
		if err := os.WriteFile(page, []byte(filled), 0o644); err != nil {
			return err
		}
	}
	return nil
}
