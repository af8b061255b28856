// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var profileSchema = schema.SingleNestedAttribute{
	MarkdownDescription: "Profile of the user: standard claims of OpenID Connect.",
	Optional:            true,
	Computed:            true,
	PlanModifiers:       []planmodifier.Object{planmodifiers.RunTimeKept(types.ObjectNull(profileType))},
	Attributes: map[string]schema.Attribute{
		"family_name":        claim("Family name."),
		"given_name":         claim("Given name."),
		"middle_name":        claim("Middle name."),
		"nickname":           claim("Nickname."),
		"preferred_username": claim("Preferred username. Users cannot sign in with it."),
		"profile":            claim("URL of the user's profile page."),
		"website":            claim("URL of the user's website."),
		"gender":             claim("Gender."),
		"birthdate":          claim("Date of birth, such as `1990-12-31`, `0000-12-31` or `1990`. Logto does not check it."),
		"zoneinfo":           claim("Time zone, such as `Europe/Paris`."),
		"locale":             claim("Language and region, such as `fr-CA`."),
		"address": schema.SingleNestedAttribute{
			MarkdownDescription: "Postal address.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Object{planmodifiers.RunTimeKept(types.ObjectNull(addressType))},
			Attributes: map[string]schema.Attribute{
				"formatted":      claim("Full address, formatted for a label."),
				"street_address": claim("Street and house number."),
				"locality":       claim("City or town."),
				"region":         claim("State, province or region."),
				"postal_code":    claim("Postal code."),
				"country":        claim("Country."),
			},
		},
	},
}

func claim(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Computed: true,
		PlanModifiers: []planmodifier.String{planmodifiers.RunTime(types.StringNull())}}
}

// The fields of claims and address are those of the API's types, so that each
// converts to the other.
type (
	profile struct {
		claims
		Address *address `tfsdk:"address"`
	}
	claims struct {
		FamilyName        *string `tfsdk:"family_name"`
		GivenName         *string `tfsdk:"given_name"`
		MiddleName        *string `tfsdk:"middle_name"`
		Nickname          *string `tfsdk:"nickname"`
		PreferredUsername *string `tfsdk:"preferred_username"`
		Profile           *string `tfsdk:"profile"`
		Website           *string `tfsdk:"website"`
		Gender            *string `tfsdk:"gender"`
		Birthdate         *string `tfsdk:"birthdate"`
		Zoneinfo          *string `tfsdk:"zoneinfo"`
		Locale            *string `tfsdk:"locale"`
	}
	address struct {
		Formatted     *string `tfsdk:"formatted"`
		StreetAddress *string `tfsdk:"street_address"`
		Locality      *string `tfsdk:"locality"`
		Region        *string `tfsdk:"region"`
		PostalCode    *string `tfsdk:"postal_code"`
		Country       *string `tfsdk:"country"`
	}
)

var (
	addressType = texts("formatted", "street_address", "locality", "region", "postal_code", "country")
	profileType = withAddress(texts("family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
		"website", "gender", "birthdate", "zoneinfo", "locale"))
)

func texts(names ...string) map[string]attr.Type {
	kinds := map[string]attr.Type{}
	for _, n := range names {
		kinds[n] = types.StringType
	}
	return kinds
}

func withAddress(kinds map[string]attr.Type) map[string]attr.Type {
	kinds["address"] = types.ObjectType{AttrTypes: addressType}
	return kinds
}

func expandProfile(ctx context.Context, o types.Object) (logto.UserProfile, diag.Diagnostics) {
	if o.IsNull() || o.IsUnknown() {
		return logto.UserProfile{}, nil
	}
	var p profile
	diags := o.As(ctx, &p, basetypes.ObjectAsOptions{})
	out := logto.UserProfile{ProfileClaims: logto.ProfileClaims(p.claims)}
	if p.Address != nil && *p.Address != (address{}) { // one without a value is none
		out.Address = (*logto.UserAddress)(p.Address)
	}
	return out, diags
}

// flattenProfile makes null of a profile without claims, unless the
// configuration has such a one.
func flattenProfile(ctx context.Context, was types.Object, p logto.UserProfile) (types.Object, diag.Diagnostics) {
	if (was.IsNull() || was.IsUnknown()) && p == (logto.UserProfile{}) {
		return types.ObjectNull(profileType), nil
	}
	now, diags := types.ObjectValueFrom(ctx, profileType, profile{claims: claims(p.ProfileClaims), Address: (*address)(p.Address)})
	if diags.HasError() {
		return now, diags
	}
	return withoutEmpty(ctx, was, now), nil
}

// withoutEmpty makes null of empty texts that the configuration does not have:
// Logto keeps them, and a generated configuration leaves them out. An address without
// a value stays, of which Logto has nothing.
func withoutEmpty(ctx context.Context, was, now types.Object) types.Object {
	old, attributes := was.Attributes(), now.Attributes()
	for name, v := range attributes {
		switch v := v.(type) {
		case types.String:
			if v.Equal(types.StringValue("")) && !v.Equal(old[name]) {
				attributes[name] = types.StringNull()
			}
		case types.Object:
			inner, _ := old[name].(types.Object)
			switch {
			case !v.IsNull():
				attributes[name] = withoutEmpty(ctx, inner, v)
			case hasNothing(inner):
				attributes[name] = inner
			}
		}
	}
	return types.ObjectValueMust(now.AttributeTypes(ctx), attributes)
}

// hasNothing reports whether there is an object, and no value in it.
func hasNothing(o types.Object) bool {
	for _, v := range o.Attributes() {
		if !v.IsNull() {
			return false
		}
	}
	return flex.IsGiven(o)
}
