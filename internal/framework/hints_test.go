// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// onlyNamed is a type of which nothing but its name is asked.
type onlyNamed struct {
	resource.Resource
	name string
}

func (r onlyNamed) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.name
}

func typeNamed(name string) func() resource.Resource {
	return func() resource.Resource { return onlyNamed{name: name} }
}

// onlyNamedSource is a data source of which nothing but its name is asked.
type onlyNamedSource struct{ datasource.DataSource }

func (onlyNamedSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "logto_as"
}

// The hint of a type comes before that of its area, and that before the common one.
// The hints of an area are for its types only.
func TestHintOfType(t *testing.T) {
	t.Parallel()
	const taken, missing = "entity.unique_integrity_violation", "entity.not_found"
	data := NewProviderData(nil,
		ServicePackage{
			Resources:   []func() resource.Resource{typeNamed("logto_a"), typeNamed("logto_b")},
			DataSources: []func() datasource.DataSource{func() datasource.DataSource { return onlyNamedSource{} }},
			Hints: Hints{
				"":        {taken: {Advice: "Of the area."}, "x.y": {Advice: "Known here."}},
				"logto_a": {taken: {Advice: "Of the type."}},
			},
		},
		ServicePackage{Resources: []func() resource.Resource{typeNamed("logto_c")}},
	)
	for _, c := range []struct{ typeName, code, want string }{
		{"logto_a", taken, "Of the type."},
		{"logto_a", "x.y", "Known here."},
		{"logto_b", taken, "Of the area."},
		{"logto_as", taken, "Of the area."},
		{"logto_b", missing, CommonHints()[missing].Advice},
		{"logto_c", taken, CommonHints()[taken].Advice},
		{"logto_c", "x.y", ""},
		{"logto_c", "z.z", ""},
	} {
		var diags diag.Diagnostics
		data.fail(&diags, failure{verb: "create", typeName: c.typeName}, &logto.Error{Code: c.code, Message: "No."})
		_, got, _ := strings.Cut(diags[0].Detail(), "\n\n")
		if got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.typeName, c.code, got, c.want)
		}
	}
}
