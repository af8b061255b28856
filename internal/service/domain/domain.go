// SPDX-License-Identifier: MPL-2.0

package domain

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var domains = framework.Define[domain]("domain", domainSchema, (*logto.Client).Domains).OmitFromPlural("verification_files").ConfigurationOnly("wait_until_active", "timeouts")

const defaultTimeout = 30 * time.Minute

func domainSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A custom domain of the tenant. **Only Logto Cloud has custom domains**; a self-hosted Logto uses the domain of its endpoint. " +
			"The domain becomes active some minutes after you created its DNS records.",
		Attributes: schemas.WithDomainState(map[string]schema.Attribute{
			"id":                 schemas.IDAttribute(),
			"domain":             schemas.KeyAttribute("Domain name in lower case, such as `auth.example.com`.", validators.Length(1, 256), validators.IsHostName()),
			"verification_files": verificationFilesSchema,
			"wait_until_active": schema.BoolAttribute{
				MarkdownDescription: "Whether Terraform waits until the domain is active after it created or changed it. Its DNS records must be created meanwhile, so they must not depend on this resource: " +
					"the record is a `CNAME` of the domain, and its value is the same for all domains of Logto Cloud. Defaults to `false`.",
				Optional: true,
			},
			"timeouts": schema.SingleNestedAttribute{
				MarkdownDescription: "Timeouts of `wait_until_active`.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"create": timeout("after the domain was created"),
					"update": timeout("after the resource was changed"),
				},
			},
		}),
	}
}

func timeout(when string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Timeout " + when + ", such as `90s`, `45m` or `1h30m`. Defaults to `" + strconv.Itoa(int(defaultTimeout.Minutes())) + "m`.",
		Optional:            true,
		Validators: []validator.String{validators.StringFunc("must be a duration, such as 90s or 45m", func(s string) bool {
			d, err := time.ParseDuration(s)
			return err == nil && d > 0
		})},
	}
}

type domain struct {
	ID                types.String `tfsdk:"id"`
	Domain            types.String `tfsdk:"domain"`
	VerificationFiles types.List   `tfsdk:"verification_files"`
	WaitUntilActive   types.Bool   `tfsdk:"wait_until_active"`
	Timeouts          types.Object `tfsdk:"timeouts"`
	schemas.DomainState
}

var (
	_ framework.ModelWithValidate           = (*domain)(nil)
	_ framework.ModelWithModifyPlan[domain] = (*domain)(nil)
	_ framework.ModelWithAfterWrite[domain] = (*domain)(nil)
	_ framework.ModelWithAfterRead          = (*domain)(nil)
	_ framework.ModelWithDisplayName        = (*domain)(nil)
)

func (m *domain) Expand(context.Context) (logto.DomainInput, diag.Diagnostics) {
	return logto.DomainInput{Domain: m.Domain.ValueString()}, nil
}

func (m *domain) Flatten(ctx context.Context, d *logto.Domain) diag.Diagnostics {
	m.ID = types.StringValue(d.ID)
	m.Domain = types.StringValue(d.Domain)
	return m.Take(ctx, d.DomainState)
}

// ModifyPlan plans the last known status of the domain, unless the apply waits for another
// one.
func (m *domain) ModifyPlan(ctx context.Context, _ *logto.Client, _, state *domain, resp *resource.ModifyPlanResponse) {
	if state == nil || len(resp.RequiresReplace) > 0 || m.WaitUntilActive.ValueBool() && state.Status.ValueString() != logto.DomainActive {
		return
	}
	for name, v := range map[string]attr.Value{"status": state.Status, "error_message": state.ErrorMessage, "dns_records": state.DNSRecords} {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, framework.Root(name), v)...)
	}
}

// AfterWrite writes the verification files and waits for the domain.
func (m *domain) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *domain) error {
	if err := saveVerificationFiles(ctx, c, m.ID.ValueString(), planned, prior); err != nil {
		return err
	}
	if !planned.WaitUntilActive.ValueBool() || m.Status.ValueString() == logto.DomainActive {
		return nil
	}
	d, err := c.AwaitDomain(ctx, m.ID.ValueString(), planned.patience(prior == nil))
	if d != nil {
		if diags := m.Flatten(ctx, d); diags.HasError() {
			return framework.DiagnosticsError(diags)
		}
	}
	if err != nil && prior == nil {
		return fmt.Errorf("waiting for the domain: %w.\n\nThe domain exists, and Terraform marks it as tainted: the next apply replaces it. To keep it, run terraform untaint, and apply again when its DNS records are right", err)
	}
	return err
}

// patience is how long to wait.
func (m *domain) patience(creating bool) time.Duration {
	name := "update"
	if creating {
		name = "create"
	}
	if v, ok := m.Timeouts.Attributes()[name].(types.String); ok {
		if d, err := time.ParseDuration(v.ValueString()); err == nil {
			return d
		}
	}
	return defaultTimeout
}

// AfterRead reads the verification files.
func (m *domain) AfterRead(ctx context.Context, c *logto.Client, _ framework.ReadPurpose) error {
	files, err := c.DomainVerificationFiles(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	var diags diag.Diagnostics
	if m.VerificationFiles, diags = verificationFilesValue(ctx, files); diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return nil
}

// DisplayName names the domain in lists.
func (m *domain) DisplayName() string { return m.Domain.ValueString() }
