// SPDX-License-Identifier: MPL-2.0

package user

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"entity.db_constraint_violated": {Attribute: "role_ids", Advice: "Users can have roles of type User only."},
			"user.invalid_role_type":        {Attribute: "role_ids", Advice: "Users can have roles of type User only."},
		},
		"logto_user": {
			"password.invalid_legacy_password_format":    {Attribute: "password_digest", Advice: "For Legacy, set a JSON array of the hash algorithm, its arguments with \"@\" for the password, and the hash."},
			"password.unsupported_encryption_method":     {Attribute: "password_digest", Advice: "Set the hash: it is empty."},
			"password.unsupported_legacy_hash_algorithm": {Attribute: "password_digest", Advice: "For Legacy, the first element of the array is a hash algorithm that Logto's server knows."},
			"user.cannot_delete_self":                    {Advice: "This is the ID of the application that the provider signs in with."},
			"user.email_already_in_use":                  {Attribute: "primary_email", Advice: "Another user has this email address, be it in other letter case. Choose another, or import the user by its ID."},
			"user.invalid_phone":                         {Attribute: "primary_phone", Advice: "Write the digits of a number that exists, the country calling code first, without + and 00."},
			"user.password_algorithm_required":           {Attribute: "password_algorithm", Advice: "A hash needs the name of its algorithm: set it beside password_digest."},
			"user.password_and_digest":                   {Attribute: "password_digest", Advice: "Set a password or a hash of one, and not both."},
			"user.phone_already_in_use":                  {Attribute: "primary_phone", Advice: "Another user has this phone number. Choose another, or import the user by its ID."},
			"user.username_already_in_use":               {Attribute: "username", Advice: "Another user has this username. Choose another, or import the user by its ID."},
		},
		"logto_user_identity": {
			"user.identity_already_in_use": {Attribute: "provider_user_id", Advice: "Another user has this identity at the provider."},
		},
		"logto_personal_access_token": {
			"user.personal_access_token_name_exists": {Attribute: "name", Advice: "The user has a token of this name already. Choose another name, or import it as <user_id>/<name>."},
		},
		"logto_expire_user_password": {
			"sign_in_experiences.password_expiration_not_enabled": {Advice: "Enable password_expiration of logto_sign_in_experience first."},
		},
		"logto_revoke_user_sessions": {
			"oidc.invalid_session_account_id": {Attribute: "session_id", Advice: "It is a session of another user."},
		},
	}
}
