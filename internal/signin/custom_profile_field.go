// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var profileFields = kit.New[profileField]("custom_profile_field", profileFieldSchema, (*logto.Client).ProfileFields, "name")

var (
	fieldTypes    = kit.Words{"Text", "Number", "Date", "Checkbox", "Select", "Url", "Regex", "Address", "Fullname"}
	partTypes     = fieldTypes[:7]
	dateFormats   = kit.Words{"MM/dd/yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "custom"}
	addressParts  = kit.Words{"formatted", "streetAddress", "locality", "region", "postalCode", "country"}
	fullnameParts = kit.Words{"givenName", "middleName", "familyName"}
)

var profileFieldSchema = schema.Schema{
	MarkdownDescription: "A custom profile field: a question to people who sign up, whose answer becomes part of their profile. " +
		"Which fields are asked, and in which order, is for `sign_up_profile_fields` of `logto_sign_in_experience` to say. " +
		"Names such as `givenName` and `birthdate` are those of the profile's own claims; all others go to the user's custom data.",
	Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the field, which is also the key of the answer, unique in the tenant. 1 to 128 letters and digits. Changing it replaces the field.",
			Required:            true,
			Validators:          []validator.String{isFieldName, kit.LengthAtMost(128), isFreeName},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Kind of answer: " + fieldTypes.String() + ".",
			Required:            true,
			Validators:          []validator.String{fieldTypes.Validator()},
		},
		"label": schema.StringAttribute{
			MarkdownDescription: "Question that people see. Up to 128 characters. Default none, also for `\"\"`: Logto shows the name. Taking it out of the configuration replaces the field, because Logto cannot clear it.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.LengthAtMost(128)},
			PlanModifiers:       []planmodifier.String{kit.Unset(none), replaceToClear},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "Explanation below the question. Up to 256 characters. Not for type `Checkbox`. Default none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.LengthAtMost(256)},
			PlanModifiers:       []planmodifier.String{kit.Unset(none)},
		},
		"required": schema.BoolAttribute{
			MarkdownDescription: "Whether people must answer. Never for type `Checkbox`. Default `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(no())},
		},
		"config": kit.Group("What depends on the type. Each attribute says which types it is for. Default none.", topLevel(configAttributes)),
	},
}

var replaceToClear = stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.PlanValue.IsUnknown() && isNothing(req.PlanValue) && !isNothing(req.StateValue)
}, "Clearing it replaces the resource.", "Clearing it replaces the resource.")

// configAttributes are those of a field and of a part of one. The limits are
// hard: what is beyond them is stored all the same, and from then on nobody can
// read the tenant's fields or sign in.
var configAttributes = map[string]schema.Attribute{
	"placeholder": schema.StringAttribute{
		MarkdownDescription: "Text in the empty field. Up to 256 characters. For types `Text`, `Number`, `Date`, `Select`, `Url` and `Regex`.",
		Optional:            true,
		Validators:          []validator.String{kit.LengthAtMost(256)},
	},
	"min_length": atLeast0("Least length in characters. 0 or more. For type `Text`."),
	"max_length": atLeast0("Greatest length in characters. 0 or more, and no less than `min_length`. For type `Text`."),
	"min_value":  atLeast0("Least number. 0 or more. For type `Number`."),
	"max_value":  atLeast0("Greatest number. 0 or more, and no less than `min_value`. For type `Number`."),
	"format": schema.StringAttribute{
		MarkdownDescription: "For type `Date`: " + dateFormats.String() + ", the last for what `custom_format` says. For type `Regex`: the regular expression of JavaScript that answers match. Up to 128 characters. Required for both.",
		Optional:            true,
		Validators:          []validator.String{kit.Length(1, 128)},
	},
	"custom_format": schema.StringAttribute{
		MarkdownDescription: "Format of the date, as `dd.MM.yyyy`, when `format` is `custom`. Up to 128 characters. For type `Date`.",
		Optional:            true,
		Validators:          []validator.String{kit.Length(1, 128)},
	},
	"default_value": schema.StringAttribute{
		MarkdownDescription: "Whether the box is checked: `true` or `false`. For type `Checkbox`, and required there.",
		Optional:            true,
		Validators:          []validator.String{kit.Words{"true", "false"}.Validator()},
	},
	"options": schema.ListNestedAttribute{
		MarkdownDescription: "Answers to choose from, in this order. For type `Select`, and required there.",
		Optional:            true,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"value": schema.StringAttribute{MarkdownDescription: "The answer.", Required: true, Validators: []validator.String{notEmpty}},
			"label": schema.StringAttribute{MarkdownDescription: "What people see. Default the value.", Optional: true, Validators: []validator.String{notEmpty}},
		}},
	},
}

// exact is the greatest number that JavaScript does not round.
const exact = 1<<53 - 1

func atLeast0(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: []validator.Int64{kit.Int64AtLeast(0), kit.Int64AtMost(exact)}}
}

// topLevel are the attributes of a field's config: those of a part's, which may
// be left to the server, and the parts.
func topLevel(of map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for name, a := range of {
		switch a := a.(type) {
		case schema.StringAttribute:
			a.Computed, a.PlanModifiers = true, []planmodifier.String{kit.Unset(none)}
			all[name] = a
		case schema.Int64Attribute:
			a.Computed, a.PlanModifiers = true, []planmodifier.Int64{kit.Unset(types.Int64Null())}
			all[name] = a
		case schema.ListNestedAttribute:
			a.Computed, a.PlanModifiers = true, []planmodifier.List{kit.Unset(nullList(a))}
			all[name] = a
		}
	}
	parts := schema.ListNestedAttribute{
		MarkdownDescription: "Fields that the answer is made of, in this order. For types `Address` and `Fullname`, and required there.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"enabled": schema.BoolAttribute{MarkdownDescription: "Whether it is asked for.", Required: true},
			"name": schema.StringAttribute{
				MarkdownDescription: "Which part: for `Address` " + addressParts.String() + ", for `Fullname` " + fullnameParts.String() + ".",
				Required:            true,
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Kind of answer: " + partTypes.String() + ".",
				Required:            true,
				Validators:          []validator.String{partTypes.Validator()},
			},
			"label":       schema.StringAttribute{MarkdownDescription: "Question that people see. Default none.", Optional: true, Validators: []validator.String{notEmpty}},
			"description": schema.StringAttribute{MarkdownDescription: "Explanation below the question. Not for type `Checkbox`. Default none.", Optional: true},
			"required":    schema.BoolAttribute{MarkdownDescription: "Whether people must answer. Never for type `Checkbox`.", Required: true},
			"config":      schema.SingleNestedAttribute{MarkdownDescription: "What depends on the type, as in the field's own `config`. Default none.", Optional: true, Attributes: of},
		}},
	}
	parts.PlanModifiers = []planmodifier.List{kit.Unset(nullList(parts))}
	all["parts"] = parts
	return all
}

func nullList(a schema.ListNestedAttribute) types.List {
	return types.ListNull(a.NestedObject.Type())
}

type profileField struct {
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	Label       types.String `tfsdk:"label"`
	Description types.String `tfsdk:"description"`
	Required    types.Bool   `tfsdk:"required"`
	Config      types.Object `tfsdk:"config"`
}

func (m *profileField) Expand(context.Context) (in logto.ProfileField, diags diag.Diagnostics) {
	in = logto.ProfileField{
		Name:        m.Name.ValueString(),
		Type:        m.Type.ValueString(),
		Label:       kit.TextOrNothing(m.Label),
		Description: kit.TextOrNothing(m.Description),
		Required:    m.Required.ValueBool(),
	}
	kit.Nested(m.Config, &in.Config, &diags)
	return in, diags
}

func (m *profileField) Flatten(ctx context.Context, f *logto.ProfileField) (diags diag.Diagnostics) {
	m.Name = types.StringValue(f.Name)
	m.Type = types.StringValue(f.Type)
	label := f.Label
	if label != nil && *label == "" { // what the API has for none
		label = nil
	}
	m.Label = kit.TextOrNothingValue(m.Label, label)
	m.Description = kit.TextOrNothingValue(m.Description, f.Description)
	m.Required = types.BoolValue(f.Required)
	m.Config = kit.NestedValue(ctx, m.Config, f.Config, &diags)
	return diags
}

// Plan drops what an import or the Console knew of another type.
func (m *profileField) Plan(ctx context.Context, _ *logto.Client, _ *profileField, resp *resource.ModifyPlanResponse) {
	if m.Type.IsUnknown() {
		return
	}
	for name, v := range m.Config.Attributes() {
		if _, has := configOf[m.Type.ValueString()][name]; has || !kit.IsGiven(v) {
			continue
		}
		null, err := v.Type(ctx).ValueFromTerraform(ctx, tftypes.NewValue(v.Type(ctx).TerraformType(ctx), nil))
		if err != nil {
			resp.Diagnostics.AddAttributeError(kit.Root("config").AtName(name), "Could not plan a value", err.Error())
			return
		}
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, kit.Root("config").AtName(name), null)...)
	}
}
