// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// DomainState is how far Logto Cloud is with a domain, for models to embed. It
// changes by itself, so nothing of it is planned.
type DomainState struct {
	Status       types.String `tfsdk:"status"`
	ErrorMessage types.String `tfsdk:"error_message"`
	DNSRecords   types.List   `tfsdk:"dns_records"`
}

// WithDomainState adds the attributes of a [DomainState].
func WithDomainState(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["status"] = schema.StringAttribute{
		MarkdownDescription: "Status of the domain at the last refresh: " + validators.Enum(logto.DomainStatuses).String() + ".",
		Computed:            true,
	}
	attributes["error_message"] = schema.StringAttribute{
		MarkdownDescription: "Error that keeps the domain from becoming active; null when there is none.",
		Computed:            true,
	}
	attributes["dns_records"] = schema.ListNestedAttribute{
		MarkdownDescription: "DNS records that you must create for the domain.",
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"type":  schema.StringAttribute{MarkdownDescription: "Type of the record, such as `CNAME`.", Computed: true},
			"name":  schema.StringAttribute{MarkdownDescription: "Name of the record.", Computed: true},
			"value": schema.StringAttribute{MarkdownDescription: "Value of the record.", Computed: true},
		}},
	}
	return attributes
}

var dnsRecordType = types.ObjectType{AttrTypes: map[string]attr.Type{"type": types.StringType, "name": types.StringType, "value": types.StringType}}

type dnsRecord struct {
	Type  string `tfsdk:"type"`
	Name  string `tfsdk:"name"`
	Value string `tfsdk:"value"`
}

// Take takes over what the API answered.
func (s *DomainState) Take(ctx context.Context, d logto.DomainState) (diags diag.Diagnostics) {
	s.Status = types.StringValue(d.Status)
	s.ErrorMessage = flex.NonEmptyValue(types.StringNull(), d.ErrorMessage)
	records := make([]dnsRecord, len(d.DNSRecords))
	for i, r := range d.DNSRecords {
		records[i] = dnsRecord(r)
	}
	s.DNSRecords, diags = types.ListValueFrom(ctx, dnsRecordType, records)
	return diags
}
