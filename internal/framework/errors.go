// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// hint says which attribute a code of Logto is about, and what to do.
type hint struct{ attribute, advice string }

// hints are the codes that need more than Logto's message. Attributes that the
// type does not have are not named. A code and an attribute say what the code means
// for the types that have that attribute.
var hints = map[string]hint{
	"role.name_in_use": {"name", "Role names are unique in the tenant. Choose another, or import the role."},
	"role.management_api_scopes_not_assignable_to_user_role":           {"scope_ids", "Give Management API scopes to roles of type MachineToMachine only."},
	"resource.resource_identifier_in_use":                              {"indicator", "Indicators are unique in the tenant. Choose another, or import the API resource."},
	"resource.cannot_modify_management_api":                            {"", "The Management API is built in and cannot be changed. Use the data source to refer to it."},
	"resource.cannot_delete_management_api":                            {"", "The Management API is built in. Remove it from the configuration with a removed block instead."},
	"scope.name_exists":                                                {"name", "Scope names are unique in an API resource. Choose another, or import the scope."},
	"scope.name_with_space":                                            {"name", "Remove the white space from the scope's name."},
	"application.secret_name_exists":                                   {"name", "The application has a secret of this name already; Logto makes \"Default secret\" by itself. Choose another name, or import it as <application_id>/<name>."},
	"application.invalid_type":                                         {"application_id", "Only machine-to-machine applications can have roles."},
	"application.invalid_role_type":                                    {"role_ids", "Applications can have roles of type MachineToMachine only."},
	"application.invalid_third_party_application_type":                 {"is_third_party", "Only applications of type Traditional, SPA or Native can be third-party."},
	"application.third_party_application_cannot_enable_token_exchange": {"allow_token_exchange", "Leave it out for a third-party application."},
	"application.device_flow_native_only":                              {"is_device_flow", "Only applications of type Native can use the device flow."},
	"application.protected_app_not_configured":                         {"protected_app", "Protected applications exist on Logto Cloud only."},
	"application.invalid_subdomain":                                    {"protected_app", "A subdomain has 1 to 63 letters, digits and inner hyphens."},
	"application.protected_application_subdomain_exists":               {"protected_app", "Another protected application has this subdomain. Choose another."},
	"application.should_delete_custom_domains_first":                   {"", "Delete the application's custom domains before the application."},
	"application.protected_application_only":                           {"application_id", "Only applications of type Protected, which Logto Cloud has, can have custom domains."},
	"application.third_party_application_only":                         {"application_id", "Only third-party applications ask users for consent: set is_third_party of the application."},
	"application.user_consent_scopes_not_found":                        {"", "Some of the scopes do not exist, or are of another kind than the attribute. Check the ids."},
	"application.consent_management_api_scopes_not_allowed":            {"resource_scope_ids", "Third-party applications cannot have scopes of the Management API."},
	"application.saml.reach_oss_limit":                                 {"", "A self-hosted Logto allows three SAML applications. Remove one of them first."},
	"application.saml.saml_application_only":                           {"", "This is the ID of an application of another type. Use logto_application for it."},
	"domain.not_configured":                                            {"domain", "Domains of a tenant exist on Logto Cloud only. A self-hosted Logto has the domain of its ENDPOINT."},
	"domain.domain_in_use":                                             {"domain", "The tenant has this domain already. Import it."},
	"domain.hostname_already_exists":                                   {"domain", "Another tenant of Logto Cloud has this domain. Remove it there first."},
	"domain.domain_is_not_allowed":                                     {"domain", "Logto Cloud does not take this domain. Use one of your own."},
	"domain.limit_to_one_domain":                                       {"domain", "An application can have one custom domain. Remove the other one first."},
	"domain.exceed_domain_limit":                                       {"domain", "The tenant has as many domains as it can have. Remove one first."},
	"hook.endpoint_responded_with_error":                               {"url", "The endpoint has to answer with a status of 200 to 299."},
	"hook.send_test_payload_failed":                                    {"url", "Logto has to reach the endpoint from where it runs. Check the URL."},
	"connector.not_found_with_connector_id":                            {"connector_id", "This Logto has no factory of this id. The data source logto_connector_factories lists those that it has."},
	"connector.not_found":                                              {"message_payload", "The tenant has no email connector to send it with. Make a logto_connector of type Email first, and refer to it in depends_on."},
	"connector.should_specify_target":                                  {"target", "A connector of a standard factory needs a target of its own."},
	"connector.cannot_overwrite_metadata_for_non_standard_connector":   {"target", "Only connectors of the standard factories oidc, oauth2 and saml have a target, a name or a logo of their own."},
	"connector.multiple_instances_not_supported":                       {"connector_id", "A tenant has one connector of this factory. Import it. Only the factories oidc, oauth2 and saml make several."},
	"connector.multiple_target_with_same_platform":                     {"target", "Another social connector has this target, which may be one of another factory. Choose another target, or delete or import the other connector."},
	"connector.invalid_type_for_syncing_profile":                       {"sync_profile", "Only social connectors know profiles of users. Leave it out."},
	"connector.token_storage_not_supported":                            {"enable_token_storage", "Connectors of this kind cannot store tokens. Leave it out."},
	"request.feature_not_supported":                                    {"enable_token_storage", "This Logto is not set up for it: to store tokens a self-hosted Logto needs the environment variable SECRET_VAULT_KEK."},
	"single_sign_on.duplicate_connector_name":                          {"connector_name", "Names of enterprise connectors are unique in the tenant. Choose another, or import the connector."},
	"single_sign_on.forbidden_domains":                                 {"domains", "Domains of public mail services belong to no company. Remove them."},
	"single_sign_on.duplicated_domains":                                {"domains", "List each domain once."},
	"sign_in_experiences.enabled_connector_not_found":                  {"", "Codes by email need an email connector and codes by phone an SMS connector, which must be there before: refer to it in depends_on."},
	"sign_in_experiences.forgot_password_method_requires_connector":    {"forgot_password_methods", "EmailVerificationCode needs an email connector and PhoneVerificationCode an SMS connector, which must be there before: refer to it in depends_on."},
	"sign_in_experiences.password_expiration_requires_forgot_password": {"password_expiration", "Passwords that expire need a way to reset them: a method in forgot_password_methods of the sign-in experience, and the connector that it needs. " +
		"Where a connector goes in the same apply as password_expiration, Terraform deletes the connector first: apply the sign-in experience alone before, with -target=logto_sign_in_experience.<name>. " +
		"With create_before_destroy = true in the lifecycle of the connector from the start (and replace_existing = true, so that one can take the place of another), Terraform changes the sign-in experience first by itself."},
	"sign_in_experiences.password_expiration_invalid_period_days":    {"password_expiration", "Give valid_period_days."},
	"sign_in_experiences.unsupported_default_language":               {"language_info", "Logto brings no texts for this language. Add a logto_custom_phrase for it and refer to its language_tag, so that it is there before."},
	"sign_in_experiences.username_policy_case_conflicts_exist":       {"username_policy", "Some usernames differ in letter case only. Rename those users first; Logto lists them at GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts."},
	"sign_in_experiences.invalid_custom_email_blocklist_format":      {"email_blocklist_policy", "Write an address, as somebody@example.com, or a domain, as @example.com; * stands for any characters."},
	"sign_in_experiences.passwordless_requires_verify":               {"sign_up", "Set verify = true where an email address or a phone number is asked for."},
	"sign_in_experiences.code_sign_in_must_be_enabled":               {"sign_in", "People who sign up without a password sign in with a code: set verification_code = true for email and phone."},
	"sign_in_experiences.adaptive_mfa_requires_mfa":                  {"adaptive_mfa", "Give mfa.factors in the same configuration."},
	"sign_in_experiences.adaptive_mfa_requires_non_skippable_policy": {"mfa", "With adaptive MFA the policy is PromptAtSignInAndSignUpMandatory or PromptOnlyAtSignInMandatory. Configure mfa and adaptive_mfa together."},
	"sign_in_experiences.non_adaptive_mfa_requires_skippable_policy": {"mfa", "The policies PromptAtSignInAndSignUpMandatory and PromptOnlyAtSignInMandatory go with adaptive MFA only. Configure mfa and adaptive_mfa together."},
	"custom_profile_fields.entity_not_exists_with_names":             {"", "Refer to the name of the logto_custom_profile_field, so that it is there before."},
	"custom_profile_fields.name_exists":                              {"name", "The tenant has a profile field of this name. Choose another, or import the field."},
	"custom_profile_fields.name_conflict_built_in_prop":              {"name", "Users have a property of this name. Choose another."},
	"custom_profile_fields.name_conflict_custom_data":                {"name", "Logto keeps data of its own under this name. Choose another."},
	"custom_profile_fields.name_conflict_sign_in_identifier":         {"name", "People sign in with it, so it cannot be a profile field. Choose another name."},
	"custom_profile_fields.invalid_regex_format":                     {"config", "format is no regular expression of JavaScript."},
	"localization.cannot_delete_default_language":                    {"", "The sign-in experience falls back to this language. Choose another language_info.fallback_language first; where that refers to the language_tag of this resource, Terraform does so by itself. To change the tag, set create_before_destroy in the lifecycle of this resource."},
	"localization.invalid_translation_structure":                     {"translation", "Its keys must be those of Logto's own texts, on the same levels."},
	"oidc.invalid_client":                                            {"app_secret", "Logto does not know these credentials, or the secret has expired."},
	"oidc.invalid_session_account_id":                                {"session_id", "It is a session of another user."},
	"oidc.invalid_target":                                            {"resource", "Give the indicator of an API resource of this tenant."},
	"oidc.invalid_request":                                           {"app_id", "Only machine-to-machine applications can ask for tokens of their own, with a secret that has not expired."},
	"user.username_already_in_use":                                   {"username", "Another user has this username. Choose another, or import the user by its ID."},
	"user.email_already_in_use":                                      {"primary_email", "Another user has this email address, be it in other letter case. Choose another, or import the user by its ID."},
	"user.phone_already_in_use":                                      {"primary_phone", "Another user has this phone number. Choose another, or import the user by its ID."},
	"user.invalid_phone":                                             {"primary_phone", "Give the digits of a number that exists, the country calling code first, without + and 00."},
	"user.invalid_role_type":                                         {"role_ids", "Users can have roles of type User only."},
	"user.identity_already_in_use":                                   {"provider_user_id", "Another user has this identity at the provider."},
	"user.personal_access_token_name_exists":                         {"name", "The user has a token of this name already. Choose another name, or import it as <user_id>/<name>."},
	"user.cannot_delete_self":                                        {"", "This is the ID of the application that the provider signs in with."},
	"password.invalid_legacy_password_format":                        {"password_digest", "For Legacy, give a JSON array of the hash algorithm, its arguments with \"@\" for the password, and the hash."},
	"password.unsupported_legacy_hash_algorithm":                     {"password_digest", "For Legacy, the first element of the array is a hash algorithm that Logto's server knows."},
	"entity.db_constraint_violated": {"", "Something that this object refers to has a type that does not fit: application secrets are for applications of type Traditional, MachineToMachine or Protected, " +
		"machine-to-machine roles are for machine-to-machine applications, and only those can be in organizations. Access rules take roles of type User."},
	"entity.relation_foreign_key_not_found":                {"", "An object that this one refers to does not exist. Check the ids."},
	"entity.not_exists_with_id":                            {"", missing},
	"entity.not_exists":                                    {"", missing},
	"entity.not_found":                                     {"", missing},
	"entity.unique_integrity_violation":                    {"name", "An object of this name exists already. Choose another name, or import the object."},
	"entity.unique_integrity_violation resource_scope_ids": {"name", "The organization template has a role of this name already. Choose another name, or import the role."},
	"entity.unique_integrity_violation invitee":            {"invitee", "The organization has a pending invitation for this email address already. Import that one, or delete it."},
	"request.invalid_input invitee": {"invitee", "Logto makes no invitation for somebody who is a member of the organization already, nor one that ends in the past. " +
		"logto_organization_member manages a member and the member's roles."},
	"subscription.limit_exceeded": {"", "The tenant's plan does not allow more. Remove some, or upgrade the plan."},
	"system_limit.limit_exceeded": {"", "The tenant has reached a system limit."},
}

// missing is the advice where the object itself was there a moment ago, or where
// it is one that it refers to.
const missing = "Check the ID, which is not the name. Where Terraform makes that object, refer to its resource instead of writing the ID, so that it is there before; " +
	"a data source finds the ID of another object by its name. " +
	"Where it was deleted outside Terraform meanwhile, apply again."

// fail makes the diagnostics for an error: what failed, on which object,
// Logto's reason and code, what to do, at the attribute where it is known.
func (r *Resource[M, T, In, P]) fail(diags *diag.Diagnostics, verb, id string, err error) {
	addError(diags, "Could not "+verb+" the "+r.typeName(), id, err, r.data.Client, r.schema.Attributes)
}

// WithAttribute says of an error, if there is one, which attribute of the resource is at fault.
func WithAttribute(attribute string, err error) error {
	if err == nil {
		return nil
	}
	return &attributeError{err, attribute}
}

type attributeError struct {
	error
	attribute string
}

func (e *attributeError) Unwrap() error { return e.error }

func hintFor(code string, attributes map[string]schema.Attribute) hint {
	for name := range attributes {
		if h, ok := hints[code+" "+name]; ok {
			return h
		}
	}
	return hints[code]
}

func addError(diags *diag.Diagnostics, summary, id string, err error, c *logto.Client, attributes map[string]schema.Attribute) {
	if denied, ok := errors.AsType[*logto.AccessError](err); ok {
		addAccessError(diags, summary, denied, c)
		return
	}
	add := func(attribute, detail string) {
		if placed, ok := errors.AsType[*attributeError](err); ok {
			attribute = placed.attribute
		}
		for _, name := range []string{attribute, strings.TrimSuffix(attribute, "s")} { // role_ids, or role_id where there is one
			if _, ok := attributes[name]; ok {
				diags.AddAttributeError(path.Root(name), summary, detail)
				return
			}
		}
		diags.AddError(summary, detail)
	}
	if unsent, ok := errors.AsType[*logto.InputError](err); ok {
		for _, issue := range unsent.Issues {
			if at, ok := attributePath(issue.Path, attributes); ok {
				diags.AddAttributeError(at, summary, about(id)+issue.Message)
			} else {
				add("", about(id)+issue.Message)
			}
		}
		return
	}
	var refused *logto.Error
	if !errors.As(err, &refused) {
		add("", about(id)+err.Error())
		return
	}
	h := hintFor(refused.Code, attributes)
	detail := about(id) + err.Error()
	if h.advice != "" {
		detail += "\n\n" + h.advice
	}
	placed := map[string]bool{} // one error for each attribute: the detail has all issues
	for _, issue := range refused.Issues {
		if at, ok := attributePath(issue.Path, attributes); ok && !placed[at.String()] {
			diags.AddAttributeError(at, summary, issue.Message+"\n\n"+detail)
			placed[at.String()] = true
		}
	}
	if len(placed) > 0 {
		return
	}
	if table := missingFrom.FindStringSubmatch(refused.Message); h.attribute == "" && table != nil {
		h.attribute = table[1] + "_ids"
	}
	add(h.attribute, detail)
}

// missingFrom finds in a message of Logto's which kind of object does not exist.
var missingFrom = regexp.MustCompile("^The (\\w+)s with ID `")

// named stands for the attributes of a type that is no resource: only their
// names count for an error's place.
func named[A any](attributes map[string]A) map[string]schema.Attribute {
	known := make(map[string]schema.Attribute, len(attributes))
	for name := range attributes {
		known[name] = schema.StringAttribute{}
	}
	return known
}

func about(id string) string {
	if id == "" {
		return ""
	}
	return "Object " + id + ": "
}

// addAccessError tells why nothing of the tenant can be read or written: in full
// the first time. Every other object that it hits has an error of its own that
// refers to the first, because Terraform goes on with what has no error. Only in a
// plan of what does not exist yet is the first enough: nothing is read there, and
// one error fails the whole plan.
func addAccessError(diags *diag.Diagnostics, summary string, err *logto.AccessError, c *logto.Client) {
	switch {
	case c.FirstReport(err):
		diags.AddError(err.Summary(), capitalised(err.Error())+"\n\nThis is about the provider's configuration, or what it leads to, and not about this object.")
	case strings.HasPrefix(summary, "Could not plan"):
	default:
		diags.AddError(summary, "See the error \""+err.Summary()+"\", which is told once: "+err.Short()+".")
	}
}

func capitalised(s string) string {
	first := []rune(s)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// attributePath finds the attribute that a path into the API's request is
// about. Keys of the API that group attributes, such as oidcClientMetadata,
// are passed over. It goes no deeper into nested attributes, because Terraform
// would then show the resource's first line instead of the attribute's.
func attributePath(keys []any, attributes map[string]schema.Attribute) (path.Path, bool) {
	for i, k := range keys {
		name, ok := k.(string)
		if !ok {
			continue
		}
		a, ok := attributes[snake(name)]
		if !ok {
			continue
		}
		at := path.Root(snake(name))
		if _, isList := a.GetType().(basetypes.ListType); isList && i+1 < len(keys) {
			if n, ok := keys[i+1].(float64); ok && n >= 0 {
				return at.AtListIndex(int(n)), true
			}
		}
		return at, true
	}
	return path.Empty(), false
}

// snake is the Terraform name of a key of the API.
func snake(key string) string {
	var b strings.Builder
	for i, r := range key {
		if unicode.IsUpper(r) {
			if i > 0 {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
