// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform provider for Logto: its configuration and
// the one list of everything that it offers.
package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
	"github.com/logto-community/terraform-provider-logto/internal/service/apiresource"
	"github.com/logto-community/terraform-provider-logto/internal/service/application"
	"github.com/logto-community/terraform-provider-logto/internal/service/connector"
	"github.com/logto-community/terraform-provider-logto/internal/service/domain"
	"github.com/logto-community/terraform-provider-logto/internal/service/hook"
	"github.com/logto-community/terraform-provider-logto/internal/service/organization"
	"github.com/logto-community/terraform-provider-logto/internal/service/role"
	"github.com/logto-community/terraform-provider-logto/internal/service/saml"
	"github.com/logto-community/terraform-provider-logto/internal/service/setting"
	"github.com/logto-community/terraform-provider-logto/internal/service/signin"
	"github.com/logto-community/terraform-provider-logto/internal/service/user"
)

// Areas returns everything that the provider offers, area by area.
func Areas() []framework.ServicePackage {
	return []framework.ServicePackage{
		apiresource.ServicePackage(),
		application.ServicePackage(),
		connector.ServicePackage(),
		domain.ServicePackage(),
		hook.ServicePackage(),
		organization.ServicePackage(),
		role.ServicePackage(),
		saml.ServicePackage(),
		setting.ServicePackage(),
		signin.ServicePackage(),
		user.ServicePackage(),
	}
}

// New returns a constructor of the provider. tune, if given, changes the
// client's configuration, as tests do to wait less.
func New(version string, tune ...func(*logto.Config)) func() provider.Provider {
	return func() provider.Provider { return &logtoProvider{version: version, tune: tune} }
}

type logtoProvider struct {
	version string
	tune    []func(*logto.Config)
}

type model struct {
	Endpoint          types.String  `tfsdk:"endpoint"`
	AppID             types.String  `tfsdk:"app_id"`
	AppSecret         types.String  `tfsdk:"app_secret"`
	Resource          types.String  `tfsdk:"resource"`
	CACertificate     types.String  `tfsdk:"ca_certificate"`
	RequestTimeout    types.Int64   `tfsdk:"request_timeout"`
	MaxRetries        types.Int64   `tfsdk:"max_retries"`
	RequestsPerSecond types.Float64 `tfsdk:"requests_per_second"`
	ReadFromLists     types.Bool    `tfsdk:"read_from_lists"`
	WarnOfDuplicates  types.Bool    `tfsdk:"warn_of_duplicates"`
}

const defaultMaxRetries = 5

// What the configuration can have at the most: retries of a request, and seconds that it
// can take.
const (
	mostRetries    = 20
	longestTimeout = 3600
)

// Metadata implements provider.Provider.
func (p *logtoProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "logto"
	resp.Version = p.version
}

// Schema implements provider.Provider.
func (p *logtoProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages a [Logto](https://logto.io) tenant, on Logto Cloud or self-hosted, through its Management API.",
		Attributes: map[string]schema.Attribute{
			"endpoint": schema.StringAttribute{
				MarkdownDescription: "URL of the tenant: `https://<tenant>.logto.app`, a custom domain, or the URL of a self-hosted Logto, " +
					"with its base path if it has one and without `/api`. It can also come from the environment variable `LOGTO_ENDPOINT`.",
				Optional: true,
			},
			"app_id": schema.StringAttribute{
				MarkdownDescription: "App ID of a machine-to-machine application that has a role with access to the Management API. It can also come from the environment variable `LOGTO_APP_ID`.",
				Optional:            true,
			},
			"app_secret": schema.StringAttribute{
				MarkdownDescription: "Secret of the machine-to-machine application. It can also come from the environment variable `LOGTO_APP_SECRET`.",
				Optional:            true,
				Sensitive:           true,
			},
			"resource": schema.StringAttribute{
				MarkdownDescription: "Resource indicator of the Management API. Defaults to `https://<tenant>.logto.app/api` for an endpoint under `logto.app`, " +
					"and to `https://default.logto.app/api`, the indicator of every self-hosted Logto, for other endpoints. Set it for a tenant of Logto Cloud if `endpoint` is a custom domain. " +
					"It can also come from the environment variable `LOGTO_RESOURCE`.",
				Optional: true,
			},
			"ca_certificate": schema.StringAttribute{
				MarkdownDescription: "Certificates in PEM format that the provider trusts in addition to those of the system, for a Logto with a certificate of a private certificate authority.",
				Optional:            true,
			},
			"request_timeout": schema.Int64Attribute{
				MarkdownDescription: fmt.Sprintf("Timeout of a request, in seconds: 1 to %d. Defaults to `%d`.", longestTimeout, int(logto.DefaultTimeout.Seconds())),
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64Between(1, longestTimeout)},
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: fmt.Sprintf("Maximum number of retries of a request after HTTP status 429, 502, 503 or 504 or a lost connection, with exponential backoff and according to `Retry-After`: 0 to %d. "+
					"Retries never create an object twice: before the provider sends a create request again, it looks for the object of the first one. Defaults to `%d`.", mostRetries, defaultMaxRetries),
				Optional:   true,
				Validators: []validator.Int64{validators.Int64Between(0, mostRetries)},
			},
			"requests_per_second": schema.Float64Attribute{
				MarkdownDescription: fmt.Sprintf("Maximum number of requests per second, which all resources share. Defaults to `%d` for Logto Cloud, whose limit of 200 requests in 10 seconds includes the requests of sign-ins. "+
					"Other servers have no limit until they respond with HTTP status 429.", logto.CloudRequestsPerSecond),
				Optional:   true,
				Validators: []validator.Float64{float64validator.AtLeast(0.1)},
			},
			"read_from_lists": schema.BoolAttribute{
				MarkdownDescription: "Whether a refresh of many objects of one type reads one list instead of each object. Defaults to `true`.",
				Optional:            true,
			},
			"warn_of_duplicates": schema.BoolAttribute{
				MarkdownDescription: "Whether a plan warns when it creates an application, a SAML application, an organization or a webhook, and Logto has one of the same name, " +
					"such as one that an interrupted run has left. A plan that creates such objects reads one list for each type. Defaults to `true`.",
				Optional: true,
			},
		},
	}
}

// Configure implements provider.Provider. It fetches the access token, so that what is
// wrong with the configuration is told once, at the provider block.
func (p *logtoProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !req.Config.Raw.IsFullyKnown() {
		// Something that is created in this run decides. Until then nothing can
		// be read; a Terraform that can will defer, and another goes on with
		// what the state says.
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
		return
	}
	cfg := p.config(&m, req.TerraformVersion, resp)
	if resp.Diagnostics.HasError() {
		return
	}
	client, err := logto.New(cfg)
	if wrong, ok := errors.AsType[*logto.AccessError](err); ok && wrong.Attribute == "endpoint" && strings.ContainsAny(m.Endpoint.ValueString(), "@?#") {
		give(resp, framework.RefusedProviderData(wrong)) // it may hold a password
		return
	}
	if err != nil {
		refuseAccess(&resp.Diagnostics, err)
		return
	}
	if client.SentInClear() {
		resp.Diagnostics.AddAttributeWarning(path.Root("endpoint"), "The secret travels in the clear",
			"The provider's endpoint begins with http and is on another machine, so anyone on the way can read app_secret, the access token and every secret "+
				"of the tenant that is read or written. Use an https URL.")
	}
	if err := client.Connect(ctx); err != nil {
		refuseAccess(&resp.Diagnostics, err)
		return
	}
	data := framework.NewProviderData(client, Areas()...)
	if !m.WarnOfDuplicates.IsNull() && !m.WarnOfDuplicates.ValueBool() {
		data = data.WithoutDuplicateWarnings()
	}
	give(resp, data)
}

// config is what the client is to do, from the configuration and the environment. What is
// missing is an error.
func (p *logtoProvider) config(m *model, terraformVersion string, resp *provider.ConfigureResponse) logto.Config {
	cfg := logto.Config{
		Endpoint:          m.required(&m.Endpoint, "endpoint", "LOGTO_ENDPOINT", "the tenant's URL, such as https://my-tenant.logto.app", resp),
		AppID:             m.required(&m.AppID, "app_id", "LOGTO_APP_ID", "the App ID of a machine-to-machine application", resp),
		AppSecret:         m.required(&m.AppSecret, "app_secret", "LOGTO_APP_SECRET", "a secret of that application", resp),
		Resource:          m.Resource.ValueString(),
		CACertificates:    []byte(m.CACertificate.ValueString()),
		Timeout:           time.Duration(m.RequestTimeout.ValueInt64()) * time.Second,
		MaxRetries:        defaultMaxRetries,
		RequestsPerSecond: m.RequestsPerSecond.ValueFloat64(),
		DirectReads:       !m.ReadFromLists.IsNull() && !m.ReadFromLists.ValueBool(),
		UserAgent:         "terraform-provider-logto/" + p.version + " terraform/" + terraformVersion,
		Log: func(ctx context.Context, e logto.RequestLog) {
			tflog.Debug(ctx, "Logto API", map[string]any{"method": e.Method, "path": e.Path, "status": e.Status,
				"milliseconds": e.Duration.Milliseconds(), "error": logto.Printable(fmt.Sprint(e.Err))})
		},
		LogWait: func(ctx context.Context, w logto.Wait) {
			tflog.Warn(ctx, "Waiting before a call of the Logto API", map[string]any{"method": w.Method, "path": w.Path,
				"milliseconds": w.For.Milliseconds(), "because": w.Why})
		},
	}
	if cfg.Resource == "" {
		cfg.Resource = os.Getenv("LOGTO_RESOURCE")
	}
	if !m.MaxRetries.IsNull() {
		cfg.MaxRetries = int(m.MaxRetries.ValueInt64())
	}
	for _, tune := range p.tune {
		tune(&cfg)
	}
	return cfg
}

// give hands the data to each kind of type.
func give(resp *provider.ConfigureResponse, data *framework.ProviderData) {
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData, resp.ListResourceData, resp.ActionData = data, data, data, data, data
}

// refuseAccess tells why nothing of the tenant can be read or written, at the
// attribute that is wrong, where one is.
func refuseAccess(diags *diag.Diagnostics, err error) {
	wrong, ok := errors.AsType[*logto.AccessError](err)
	if !ok {
		diags.AddError("Could not configure the provider", err.Error())
		return
	}
	detail := framework.Capitalized(wrong.Error())
	if wrong.Attribute == "" {
		diags.AddError(wrong.Summary(), detail)
		return
	}
	name, _, _ := strings.Cut(wrong.Attribute, " or ") // of "app_id or app_secret" the first
	diags.AddAttributeError(path.Root(name), wrong.Summary(), detail)
}

// required is the value of an attribute or of its environment variable.
func (m *model) required(v *types.String, name, env, what string, resp *provider.ConfigureResponse) string {
	if s := v.ValueString(); s != "" {
		return s
	}
	if s := os.Getenv(env); s != "" && v.IsNull() {
		return s
	}
	resp.Diagnostics.AddAttributeError(path.Root(name), "Missing provider configuration: "+name,
		"Set "+name+" in the provider block, or "+env+" in the environment, to "+what+".")
	return ""
}

func collect[T any](of func(framework.ServicePackage) []T) []T {
	var all []T
	for _, a := range Areas() {
		all = append(all, of(a)...)
	}
	return all
}

// Resources implements provider.Provider.
func (p *logtoProvider) Resources(context.Context) []func() resource.Resource {
	return collect(func(o framework.ServicePackage) []func() resource.Resource { return o.Resources })
}

// DataSources implements provider.Provider.
func (p *logtoProvider) DataSources(context.Context) []func() datasource.DataSource {
	return collect(func(o framework.ServicePackage) []func() datasource.DataSource { return o.DataSources })
}

// EphemeralResources implements provider.ProviderWithEphemeralResources.
func (p *logtoProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return collect(func(o framework.ServicePackage) []func() ephemeral.EphemeralResource { return o.Ephemeral })
}

// ListResources implements provider.ProviderWithListResources.
func (p *logtoProvider) ListResources(context.Context) []func() list.ListResource {
	return collect(func(o framework.ServicePackage) []func() list.ListResource { return o.Lists })
}

// Actions implements provider.ProviderWithActions.
func (p *logtoProvider) Actions(context.Context) []func() action.Action {
	return collect(func(o framework.ServicePackage) []func() action.Action { return o.Actions })
}
