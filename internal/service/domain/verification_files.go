// SPDX-License-Identifier: MPL-2.0

package domain

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

const jsonContent = "application/json"

var contentTypes = validators.Enum{"text/plain", jsonContent}

// filePath is Logto's rule for the path of a file.
var filePath = regexp.MustCompile(`^(/[\w-][\w.-]*\.[\w-][\w.-]*|/\.well-known(/[\w-][\w.-]*)+)$`)

// mostFiles is how many files a domain can have.
const mostFiles = 10

var verificationFilesSchema = schema.ListNestedAttribute{
	MarkdownDescription: "Files that Logto serves at the domain to verify its ownership." + schemas.SinceOperation("PUT /api/domains/{id}/verification-files") +
		planmodifiers.ForResource(fmt.Sprintf("It can have at most %d files.", mostFiles)),
	Optional:   true,
	Computed:   true,
	Validators: []validator.List{listvalidator.SizeAtMost(mostFiles)},
	Default:    listdefault.StaticValue(types.ListValueMust(verificationFileType, nil)),
	NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"path": schema.StringAttribute{
			MarkdownDescription: "Path of the file, such as `/google123.html`." + planmodifiers.ForResource("It must be unique, and either be in the root with an extension or start with `/.well-known/`."),
			Required:            true,
			Validators: []validator.String{validators.Length(1, 256),
				validators.StringFunc("must be a file in the root with an extension, as /google123.html, or below /.well-known/", filePath.MatchString)},
		},
		"content": schemas.TextAttribute("Content of the file.", 16384),
		"content_type": schema.StringAttribute{
			MarkdownDescription: "Type of the content: " + contentTypes.String() + ".",
			Required:            true,
			Validators:          []validator.String{contentTypes.OneOf()},
		},
	}},
}

var verificationFileType = types.ObjectType{AttrTypes: map[string]attr.Type{"path": types.StringType, "content": types.StringType, "content_type": types.StringType}}

type verificationFile struct {
	Path        types.String `tfsdk:"path"`
	Content     types.String `tfsdk:"content"`
	ContentType types.String `tfsdk:"content_type"`
}

func verificationFilesValue(ctx context.Context, files []logto.VerificationFile) (types.List, diag.Diagnostics) {
	values := make([]verificationFile, len(files))
	for i, f := range files {
		values[i] = verificationFile{Path: types.StringValue(f.Path), Content: types.StringValue(f.Content), ContentType: types.StringValue(f.ContentType)}
	}
	return types.ListValueFrom(ctx, verificationFileType, values)
}

// saveVerificationFiles replaces the files of the domain with the planned ones, unless
// they are the same as before.
func saveVerificationFiles(ctx context.Context, c *logto.Client, id string, planned, prior *domain) error {
	list := planned.VerificationFiles
	if list.IsNull() || list.IsUnknown() || prior != nil && list.Equal(prior.VerificationFiles) || prior == nil && len(list.Elements()) == 0 {
		return nil
	}
	var values []verificationFile
	if diags := list.ElementsAs(ctx, &values, false); diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	files := make([]logto.VerificationFile, len(values))
	for i, f := range values {
		files[i] = logto.VerificationFile{Path: f.Path.ValueString(), Content: f.Content.ValueString(), ContentType: f.ContentType.ValueString()}
	}
	return c.SetDomainVerificationFiles(ctx, id, files)
}

// Validate checks that no two files have the same path, and that files with the type JSON
// are JSON.
func (m *domain) Validate(ctx context.Context, diags *diag.Diagnostics) {
	if m.VerificationFiles.IsNull() || m.VerificationFiles.IsUnknown() {
		return
	}
	seen := map[string]bool{}
	for i, element := range m.VerificationFiles.Elements() {
		object, ok := element.(types.Object)
		if !ok || object.IsUnknown() {
			continue
		}
		var f verificationFile
		diags.Append(object.As(ctx, &f, basetypes.ObjectAsOptions{})...)
		at := framework.Root("verification_files").AtListIndex(i)
		if path := f.Path; !path.IsUnknown() {
			if seen[path.ValueString()] {
				framework.RefuseAt(diags, at.AtName("path"), "Two files have the same path", "An earlier file has this path. Use each path once.")
			}
			seen[path.ValueString()] = true
		}
		if f.ContentType.ValueString() == jsonContent && !f.Content.IsUnknown() && !json.Valid([]byte(f.Content.ValueString())) {
			framework.RefuseAt(diags, at.AtName("content"), "The content is not JSON", "A file of the type "+jsonContent+" needs JSON, such as jsonencode({ key = \"value\" }).")
		}
	}
}
