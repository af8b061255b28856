// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// largestPages is the size up to which Logto takes a zip file.
const largestPages = "20 MB"

var customUIAssets = framework.Define[uploadedPages]("custom_ui_assets", customUIAssetsSchema, (*logto.Client).UploadedPages)

func customUIAssetsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Custom sign-in pages (bring your own UI): a zip file that Terraform uploads. They are in use when `custom_ui_assets` of `logto_sign_in_experience` has their `id` and `created_at`. " +
			"Logto Cloud supports it, and a self-hosted Logto whose storage for sign-in pages is configured.\n\n" +
			"Logto cannot read, list or delete uploaded pages: Terraform does not see whether they are still there, and destroying the resource only removes it from the state.",
		Attributes: map[string]schema.Attribute{
			"id": schemas.IDAttribute(),
			"source": schema.StringAttribute{
				MarkdownDescription: "Path of the zip file, of up to " + largestPages + ", with an `index.html`. Another path alone uploads nothing: see `source_hash`.",
				Required:            true,
				Validators:          []validator.String{notEmpty},
			},
			"source_hash": schema.StringAttribute{
				MarkdownDescription: "Hash of the file, such as `filesha256(\"pages.zip\")`, or any other text that changes with it. After an import, the first hash uploads nothing.",
				Required:            true,
				Validators:          []validator.String{notEmpty},
				PlanModifiers:       []planmodifier.String{replaceOnOtherHash},
			},
			"created_at": schemas.MomentAttribute("Time of the upload, in RFC 3339 format."),
		},
	}
}

const hashReplaces = "Another value replaces the resource, except the first one after an import."

// replaceOnOtherHash uploads another file. What was imported has no hash yet.
var replaceOnOtherHash = stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull()
}, hashReplaces, hashReplaces)

type uploadedPages struct {
	ID         types.String        `tfsdk:"id"`
	Source     types.String        `tfsdk:"source"`
	SourceHash types.String        `tfsdk:"source_hash"`
	CreatedAt  customtypes.RFC3339 `tfsdk:"created_at"`
}

var _ framework.ModelWithAfterRead = (*uploadedPages)(nil)

func (m *uploadedPages) Expand(context.Context) (logto.UploadedPagesInput, diag.Diagnostics) {
	return logto.UploadedPagesInput{Source: m.Source.ValueString()}, nil
}

func (m *uploadedPages) Flatten(_ context.Context, p *logto.UploadedPages) diag.Diagnostics {
	m.ID = types.StringValue(p.ID)
	if p.UploadedAt != nil {
		ms := p.UploadedAt.UnixMilli()
		m.CreatedAt = customtypes.TimeValue(m.CreatedAt, &ms)
	}
	return nil
}

// AfterRead finds the pages of an import in the sign-in experience, which alone knows
// when they were uploaded.
func (m *uploadedPages) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if purpose != framework.ForImport || !m.CreatedAt.IsNull() {
		return nil
	}
	pages, err := c.UploadedPages().InUse(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	if diags := m.Flatten(ctx, pages); diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return nil
}
