// SPDX-License-Identifier: MPL-2.0

package hook

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var hooks = framework.Define[hook]("hook", hookSchema, (*logto.Client).Hooks).ConfigurationOnly("signing_key_rotation")

var events = validators.Enum{
	"PostRegister", "PostSignIn", "PostSignInAdaptiveMfaTriggered", "PostResetPassword",
	"User.Created", "User.Deleted", "User.Data.Updated", "User.SuspensionStatus.Updated",
	"Role.Created", "Role.Deleted", "Role.Data.Updated", "Role.Scopes.Updated",
	"Scope.Created", "Scope.Deleted", "Scope.Data.Updated",
	"Organization.Created", "Organization.Deleted", "Organization.Data.Updated", "Organization.Membership.Updated",
	"OrganizationRole.Created", "OrganizationRole.Deleted", "OrganizationRole.Data.Updated", "OrganizationRole.Scopes.Updated",
	"OrganizationScope.Created", "OrganizationScope.Deleted", "OrganizationScope.Data.Updated",
	"Identifier.Lockout", "Message.RateLimited", "Grant.LimitExceeded",
}

const hookPath = "/api/hooks/{id}"

// sinceEvents says which version of Logto the newer events need.
var sinceEvents = schemas.SinceValues(hookPath, "events", "Grant.LimitExceeded") + schemas.SinceValues(hookPath, "events", "Message.RateLimited") +
	schemas.SinceValues(hookPath, "events", "PostSignInAdaptiveMfaTriggered")

// headerName is a token of HTTP.
var headerName = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

func hookSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A webhook: Logto sends a POST request with a JSON payload to an endpoint when an event happens in the tenant. " +
			"Changes by Terraform are events as well.",
		Attributes: map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the webhook. It need not be unique.", 256),
			"events": schema.SetAttribute{
				MarkdownDescription: "Events that Logto sends, at least one: " + events.String() + "." + sinceEvents,
				ElementType:         types.StringType,
				Required:            true,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1), validators.Each(events.OneOf())},
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "URL of the endpoint, which Logto must be able to reach." + planmodifiers.ForResource("It must be an http or https URL."),
				Required:            true,
				Validators:          []validator.String{validators.IsWebURL()},
			},
			"enabled": schemas.FlagAttribute("Whether the webhook is enabled and Logto sends its events.", true),
			"headers": schema.MapAttribute{
				MarkdownDescription: "Custom headers of the requests, such as `Authorization`. They are stored in the state; `headers_wo` is not.",
				ElementType:         types.StringType,
				Optional:            true,
				Sensitive:           true,
				Validators:          append(headerRules, mapvalidator.ConflictsWith(path.MatchRoot("headers_wo"))),
				PlanModifiers:       []planmodifier.Map{planmodifiers.WarnOfRemovalAfterImport("headers_wo_version")},
			},
			"headers_wo": schema.MapAttribute{
				MarkdownDescription: "Alternative to `headers`. Logto stores it when `headers_wo_version` changes.",
				ElementType:         types.StringType,
				Optional:            true,
				Sensitive:           true,
				WriteOnly:           true,
				Validators:          append(headerRules, mapvalidator.ConflictsWith(path.MatchRoot("headers")), mapvalidator.AlsoRequires(path.MatchRoot("headers_wo_version"))),
			},
			"headers_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `headers_wo`, which can be any number. When it changes, Logto stores `headers_wo`. Removing both attributes from the configuration removes the headers.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("headers_wo"))},
			},
			"retries": schema.Int64Attribute{
				MarkdownDescription: "Number of retries, which Logto stores and which has no effect: Logto sends each event once, and does not send it again if the request fails.",
				DeprecationMessage:  "It has no effect, because Logto sends each event only once. Remove it from the configuration.",
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64Between(0, 3)},
			},
			"signing_key_rotation": schema.StringAttribute{
				MarkdownDescription: "Any text, such as a date. When it changes to another text, Logto rotates the signing key, and the old key becomes invalid at once. " +
					"Setting it for the first time and removing it do not rotate the key. Use the action `logto_rotate_hook_signing_key` to rotate the key once.",
				Optional:   true,
				Validators: []validator.String{validators.NotEmpty()},
			},
			"signing_key": schema.StringAttribute{
				MarkdownDescription: "Signing key of the webhook, which Logto generates. The header `logto-signature-sha-256` of each request has the HMAC-SHA256 of the body under this key, in hexadecimal digits.",
				Computed:            true,
				Sensitive:           true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"created_at": schemas.MomentAttribute("Time at which the webhook was created, in RFC 3339 format."),
			"event": schema.StringAttribute{
				MarkdownDescription: "Single event of a webhook from an old version of Logto, which Logto sends in addition to `events`; null for other webhooks.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

var (
	headerRules = []validator.Map{mapvalidator.SizeAtMost(100),
		validators.EachKey(validators.StringFunc("must be the name of an HTTP header", headerName.MatchString))}
	noHeaders = types.MapNull(types.StringType)
)

type hook struct {
	ID                 types.String        `tfsdk:"id"`
	Name               types.String        `tfsdk:"name"`
	Events             types.Set           `tfsdk:"events"`
	URL                types.String        `tfsdk:"url"`
	Enabled            types.Bool          `tfsdk:"enabled"`
	Headers            types.Map           `tfsdk:"headers"`
	HeadersWO          types.Map           `tfsdk:"headers_wo"`
	HeadersWOVersion   types.Int64         `tfsdk:"headers_wo_version"`
	Retries            types.Int64         `tfsdk:"retries"`
	SigningKeyRotation types.String        `tfsdk:"signing_key_rotation"`
	SigningKey         types.String        `tfsdk:"signing_key"`
	Event              types.String        `tfsdk:"event"`
	CreatedAt          customtypes.RFC3339 `tfsdk:"created_at"`
}

var (
	_ framework.ModelWithModifyPlan[hook]    = (*hook)(nil)
	_ framework.ModelWithCopyWriteOnly[hook] = (*hook)(nil)
	_ framework.ModelWithAfterWrite[hook]    = (*hook)(nil)
	_ framework.ModelWithDisplayName         = (*hook)(nil)
	_ framework.ModelWithTwin                = (*hook)(nil)
)

// CopyWriteOnly takes the headers that only the configuration has.
func (m *hook) CopyWriteOnly(config *hook) { m.HeadersWO = config.HeadersWO }

func (m *hook) Expand(ctx context.Context) (logto.HookInput, diag.Diagnostics) {
	in := logto.HookInput{
		Name:           m.Name.ValueString(),
		Config:         logto.HookConfig{URL: m.URL.ValueString()},
		Enabled:        flex.BoolPointer(m.Enabled),
		HeadersVersion: flex.Int64Pointer(m.HeadersWOVersion),
	}
	if n := flex.Int64Pointer(m.Retries); n != nil {
		retries := float64(*n)
		in.Config.Retries = &retries
	}
	var diags, d diag.Diagnostics
	in.Events, diags = flex.StringSlice(ctx, m.Events)
	in.Config.Headers, d = flex.StringMap(ctx, m.Headers, m.HeadersWO)
	diags.Append(d...)
	return in, diags
}

func (m *hook) Flatten(_ context.Context, h *logto.Hook) diag.Diagnostics {
	m.ID = types.StringValue(h.ID)
	m.Name = types.StringValue(h.Name)
	m.Events = flex.StringSet(h.Events)
	m.URL = types.StringValue(h.Config.URL)
	m.Enabled = types.BoolPointerValue(h.Enabled)
	m.Headers = flex.StringMapValue(m.Headers, m.HeadersWOVersion, h.Config.Headers)
	m.HeadersWO = noHeaders
	m.Retries = types.Int64Null()
	if h.Config.Retries != nil {
		m.Retries = types.Int64Value(int64(*h.Config.Retries))
	}
	m.SigningKey = types.StringValue(h.SigningKey)
	m.Event = types.StringPointerValue(h.Event)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, h.CreatedAt)
	return nil
}

// ModifyPlan refuses headers with which Logto sends nothing, and says that a rotation makes
// another key.
func (m *hook) ModifyPlan(ctx context.Context, _ *logto.Client, config, state *hook, resp *resource.ModifyPlanResponse) {
	checkHeaders("headers", m.Headers, state != nil && m.Headers.Equal(state.Headers), &resp.Diagnostics)
	checkHeaders("headers_wo", config.HeadersWO, state != nil && m.HeadersWOVersion.Equal(state.HeadersWOVersion), &resp.Diagnostics)
	if state == nil {
		return
	}
	if m.rotates(state) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, framework.Root("signing_key"), types.StringUnknown())...)
	}
}

// notSent are headers that Logto's HTTP client sets itself, so that it sends no request
// that has others, in lower case.
var notSent = []string{"content-length", "expect", "keep-alive", "transfer-encoding", "upgrade"}

// headerValue is a value that Logto's HTTP client sends.
var headerValue = regexp.MustCompile(`^[\t\x20-\x7e\x{80}-\x{ff}]*$`)

// checkHeaders refuses headers that Logto stores, and with which it then sends no request.
func checkHeaders(attribute string, headers types.Map, isThere bool, diags *diag.Diagnostics) {
	for _, name := range slices.Sorted(maps.Keys(headers.Elements())) {
		refuse := func(problem string) {
			framework.RefuseNew(diags, framework.Root(attribute), isThere, "Logto cannot send this header",
				problem+" Logto stores the header, and then sends no request of the webhook at all.")
		}
		if slices.Contains(notSent, strings.ToLower(name)) {
			refuse(fmt.Sprintf("%s has %s, which the HTTP client of Logto sets itself.", attribute, name))
		}
		value, _ := headers.Elements()[name].(types.String)
		if flex.IsGiven(value) && !headerValue.MatchString(strings.Trim(value.ValueString(), " \t\r\n")) {
			refuse(fmt.Sprintf("A value in %s has a character that no HTTP header can have, such as a line break or a letter outside of Latin-1.", attribute))
		}
	}
}

func (m *hook) rotates(prior *hook) bool {
	return !prior.SigningKeyRotation.IsNull() && !m.SigningKeyRotation.IsNull() && !m.SigningKeyRotation.Equal(prior.SigningKeyRotation)
}

// AfterWrite gives the hook a new signing key when signing_key_rotation asks for it.
func (m *hook) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *hook) error {
	if prior == nil || !planned.rotates(prior) {
		return nil
	}
	rotated, err := c.RotateHookSigningKey(ctx, m.ID.ValueString())
	if err != nil {
		m.SigningKeyRotation = prior.SigningKeyRotation // still to be done
		return err
	}
	m.SigningKey = types.StringValue(rotated.SigningKey)
	return nil
}

// DisplayName names the hook in lists.
func (m *hook) DisplayName() string { return m.Name.ValueString() }

// Twin implements [framework.ModelWithTwin].
func (m *hook) Twin() (name, id string) { return m.Name.ValueString(), m.ID.ValueString() }
