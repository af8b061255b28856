// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// EphemeralIDAttribute is the required ID of the object that an ephemeral resource is
// about.
func EphemeralIDAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{validators.NotEmpty()},
	}
}

// EphemeralSecretAttribute is the secret value that an ephemeral resource gets.
func EphemeralSecretAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

// EphemeralTimeAttribute is a time in RFC 3339 format that an ephemeral resource gets.
func EphemeralTimeAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, CustomType: customtypes.RFC3339Type{}}
}
