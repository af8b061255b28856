// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var profileFields = framework.Define[profileField]("custom_profile_field", profileFieldSchema, (*logto.Client).ProfileFields, "name")

var (
	fieldTypes    = validators.Enum{"Text", "Number", "Date", "Checkbox", "Select", "Url", "Regex", "Address", "Fullname"}
	partTypes     = fieldTypes[:7]
	dateFormats   = validators.Enum{"MM/dd/yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "custom"}
	addressParts  = validators.Enum{"formatted", "streetAddress", "locality", "region", "postalCode", "country"}
	fullnameParts = validators.Enum{"givenName", "middleName", "familyName"}
)

func profileFieldSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A custom profile field: a question to users at sign-up, whose answer becomes part of their profile. " +
			"`sign_up_profile_fields` of `logto_sign_in_experience` says which fields the pages ask for, and in which order. " +
			"A field with the name of a standard claim, such as `givenName` or `birthdate`, sets that claim; the answers to all others go to the custom data of the user.",
		Attributes: map[string]schema.Attribute{
			"name": schemas.KeyAttribute("Name of the field, which is also the key of the answer."+planmodifiers.ForResource("It must be unique in the tenant, and have only letters and digits."),
				isFieldName, validators.LengthAtMost(128), isFreeName),
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the answer: " + fieldTypes.String() + ".",
				Required:            true,
				Validators:          []validator.String{fieldTypes.OneOf()},
			},
			"label": schema.StringAttribute{
				MarkdownDescription: "Label of the field on the pages. If it is not set, the pages show the name." + emptyIsNone +
					" Removing the label replaces the field, because Logto cannot remove it.",
				Optional:      true,
				Validators:    []validator.String{validators.LengthAtMost(128)},
				PlanModifiers: []planmodifier.String{replaceToClear},
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the field on the pages." + emptyIsNone + " Type `Checkbox` does not support it.",
				Optional:            true,
				Validators:          []validator.String{validators.LengthAtMost(256)},
			},
			"required": schemas.FlagAttribute("Whether users must answer."+planmodifiers.ForResource("Type `Checkbox` does not support `true`."), false),
			"config": schema.SingleNestedAttribute{
				MarkdownDescription: "Settings that depend on the type.",
				Optional:            true,
				Computed:            true,
				Default:             objectdefault.StaticValue(noConfig()),
				Attributes:          withParts(configAttributes),
			},
		},
	}
}

// noConfig is what the API answers for a field without settings.
func noConfig() types.Object {
	kinds, values := map[string]attr.Type{}, map[string]attr.Value{}
	for name, a := range withParts(configAttributes) {
		kinds[name] = a.GetType()
		switch kind := kinds[name].(type) {
		case types.ListType:
			values[name] = types.ListNull(kind.ElemType)
		case basetypes.Int64Type:
			values[name] = types.Int64Null()
		default:
			values[name] = types.StringNull()
		}
	}
	return types.ObjectValueMust(kinds, values)
}

var replaceToClear = stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.PlanValue.IsUnknown() && isNothing(req.PlanValue) && !isNothing(req.StateValue)
}, "Removing it replaces the field.", "Removing it replaces the field.")

// configAttributes are those of a field and of a part of one. Logto stores texts
// and numbers beyond the limits all the same, and then nobody can read the fields of
// the tenant or sign in any more.
var configAttributes = map[string]schema.Attribute{
	"placeholder": schema.StringAttribute{
		MarkdownDescription: "Placeholder in the empty field." + planmodifiers.ForResource("Only types `Text`, `Number`, `Date`, `Select`, `Url` and `Regex` support it."),
		Optional:            true,
		Validators:          []validator.String{validators.LengthAtMost(256)},
	},
	"min_length": atLeast0("Minimum length of the answer, in characters." + planmodifiers.ForResource("Only type `Text` supports it.")),
	"max_length": atLeast0("Maximum length of the answer, in characters." + planmodifiers.ForResource("Only type `Text` supports it. It must not be less than `min_length`.")),
	"min_value":  atLeast0("Minimum value of the answer." + planmodifiers.ForResource("Only type `Number` supports it.")),
	"max_value":  atLeast0("Maximum value of the answer." + planmodifiers.ForResource("Only type `Number` supports it. It must not be less than `min_value`.")),
	"format": schema.StringAttribute{
		MarkdownDescription: "Format of the answer. For type `Date` it is " + dateFormats.String() + ", which means the format in `custom_format`. " +
			"For type `Regex` it is a JavaScript regular expression that the answer must match." + planmodifiers.ForResource("It is required for types `Date` and `Regex`."),
		Optional:   true,
		Validators: []validator.String{validators.Length(1, 128)},
	},
	"custom_format": schema.StringAttribute{
		MarkdownDescription: "Format of the date if `format` is `custom`, such as `dd.MM.yyyy`." + planmodifiers.ForResource("Only type `Date` supports it."),
		Optional:            true,
		Validators:          []validator.String{validators.Length(1, 128)},
	},
	"default_value": schema.StringAttribute{
		MarkdownDescription: "Whether the checkbox is initially checked: `true` or `false`." + planmodifiers.ForResource("It is required for type `Checkbox`, and not allowed for other types."),
		Optional:            true,
		Validators:          []validator.String{validators.Enum{"true", "false"}.OneOf()},
	},
	"options": schema.ListNestedAttribute{
		MarkdownDescription: "Options from which users choose, in this order." + planmodifiers.ForResource("It is required for type `Select`, and not allowed for other types."),
		Optional:            true,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"value": schema.StringAttribute{MarkdownDescription: "Value of the option.", Required: true, Validators: []validator.String{notEmpty}},
			"label": schema.StringAttribute{MarkdownDescription: "Label of the option on the pages. If it is not set, the pages show the value.", Optional: true, Validators: []validator.String{notEmpty}},
		}},
	},
}

// exact is the greatest number that JavaScript does not round.
const exact = 1<<53 - 1

func atLeast0(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: []validator.Int64{validators.Int64AtLeast(0), validators.Int64AtMost(exact)}}
}

// withParts are the attributes of a field's config: those of a part's, and the parts.
func withParts(of map[string]schema.Attribute) map[string]schema.Attribute {
	all := maps.Clone(of)
	all["parts"] = schema.ListNestedAttribute{
		MarkdownDescription: "Parts of the answer, in this order." + planmodifiers.ForResource("It is required for types `Address` and `Fullname`, and not allowed for other types."),
		Optional:            true,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"enabled": schema.BoolAttribute{MarkdownDescription: "Whether the pages ask for this part.", Required: true},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the part: for type `Address` " + addressParts.String() + ", for type `Fullname` " + fullnameParts.String() + ".",
				Required:            true,
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the answer: " + partTypes.String() + ".",
				Required:            true,
				Validators:          []validator.String{partTypes.OneOf()},
			},
			"label":       schema.StringAttribute{MarkdownDescription: "Label of the part on the pages.", Optional: true, Validators: []validator.String{notEmpty}},
			"description": schema.StringAttribute{MarkdownDescription: "Description of the part on the pages." + planmodifiers.ForResource("Type `Checkbox` does not support it."), Optional: true},
			"required":    schema.BoolAttribute{MarkdownDescription: "Whether users must answer." + planmodifiers.ForResource("Type `Checkbox` does not support `true`."), Required: true},
			"config":      schema.SingleNestedAttribute{MarkdownDescription: "Settings that depend on the type, as in the `config` of a field.", Optional: true, Attributes: of},
		}},
	}
	return all
}

type profileField struct {
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	Label       types.String `tfsdk:"label"`
	Description types.String `tfsdk:"description"`
	Required    types.Bool   `tfsdk:"required"`
	Config      types.Object `tfsdk:"config"`
}

var _ framework.ModelWithValidate = (*profileField)(nil)

func (m *profileField) Expand(context.Context) (in logto.ProfileField, diags diag.Diagnostics) {
	in = logto.ProfileField{
		Name:        m.Name.ValueString(),
		Type:        m.Type.ValueString(),
		Label:       flex.NonEmptyPointer(m.Label),
		Description: flex.NonEmptyPointer(m.Description),
		Required:    m.Required.ValueBool(),
	}
	flex.ExpandNested(m.Config, &in.Config, &diags)
	return in, diags
}

func (m *profileField) Flatten(ctx context.Context, f *logto.ProfileField) (diags diag.Diagnostics) {
	m.Name = types.StringValue(f.Name)
	m.Type = types.StringValue(f.Type)
	label := f.Label
	if label != nil && *label == "" { // what the API has for none
		label = nil
	}
	m.Label = flex.NonEmptyValue(m.Label, label)
	m.Description = flex.NonEmptyValue(m.Description, f.Description)
	m.Required = types.BoolValue(f.Required)
	m.Config = flex.FlattenNested(ctx, m.Config, f.Config, &diags)
	return diags
}
