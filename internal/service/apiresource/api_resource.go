// SPDX-License-Identifier: MPL-2.0

package apiresource

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/errgroup"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var apiResources = framework.Define[apiResource]("api_resource", apiResourceSchema, (*logto.Client).APIResources).FromVersion0(scopesFromVersion0)

// scopesFromVersion0 takes over a state of the provider Lenstra/logto, which has a list of
// names in scopes: there each scope is a resource of its own, and so the set is not managed.
func scopesFromVersion0(attributes map[string]any) {
	if _, isMap := attributes["scopes"].(map[string]any); !isMap {
		attributes["scopes"] = nil
	}
}

const longestScopeName = 256 // characters

// scopeName is Logto's rule for the name of a scope.
var scopeName = []validator.String{
	validators.Length(1, longestScopeName),
	validators.StringFunc("must not hold white space", regexp.MustCompile(`^\S*$`).MatchString),
}

func apiResourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An API resource: an API that Logto issues access tokens for, and its scopes (permissions).",
		Attributes: map[string]schema.Attribute{
			"id": schemas.IDAttribute(),
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the API resource in the Console.",
				Required:            true,
				Validators:          []validator.String{validators.NotEmpty()},
			},
			"indicator": schemas.KeyAttribute("Resource indicator, usually the URL of the API: the `resource` parameter of token requests and the `aud` claim of the tokens."+
				planmodifiers.ForResource("It must be an absolute URI without a fragment (`#`), and unique in the tenant. Replacing the API resource also replaces its scopes."),
				validators.NotEmpty()),
			"access_token_ttl": schema.Int64Attribute{
				MarkdownDescription: "Lifetime of access tokens for the API, in seconds.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{validators.Int64AtLeast(1)},
				Default:             int64default.StaticInt64(3600),
			},
			"is_default": schemas.FlagAttribute("Whether this is the default API resource of the tenant: Logto issues a token for it when a token request names no resource."+
				planmodifiers.ForResource("A tenant has at most one default API resource. To choose another one, change both resources in one apply."), false),
			"scopes": schema.MapNestedAttribute{
				MarkdownDescription: "Scopes (permissions) of the API resource. The keys are their names, such as `read:orders`." +
					planmodifiers.ForResource(fmt.Sprintf("A name must have 1 to %d characters without white space. ", longestScopeName)+"Renaming a scope deletes it and creates a new one, which no role has. "+
						"Use `logto_api_resource_scope` to manage single scopes instead."),
				Optional:      true,
				Computed:      true,
				Validators:    []validator.Map{validators.EachKey(scopeName...)},
				PlanModifiers: []planmodifier.Map{planmodifiers.LinkSet(types.MapNull(scopeType))},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id": schema.StringAttribute{
						MarkdownDescription: "ID of the scope.",
						Computed:            true,
						PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
					},
					"description": schema.StringAttribute{
						MarkdownDescription: "Description of what the scope allows." + planmodifiers.EmptyIsNone,
						Optional:            true,
					},
				}},
			},
		},
	}
}

type apiResource struct {
	ID             types.String `tfsdk:"id"`
	Name           types.String `tfsdk:"name"`
	Indicator      types.String `tfsdk:"indicator"`
	AccessTokenTTL types.Int64  `tfsdk:"access_token_ttl"`
	IsDefault      types.Bool   `tfsdk:"is_default"`
	Scopes         types.Map    `tfsdk:"scopes"`
}

var (
	_ framework.ModelWithModifyPlan[apiResource] = (*apiResource)(nil)
	_ framework.ModelWithAfterWrite[apiResource] = (*apiResource)(nil)
	_ framework.ModelWithAfterRead               = (*apiResource)(nil)
	_ framework.ModelWithLinkClaims              = (*apiResource)(nil)
	_ framework.ModelWithDisplayName             = (*apiResource)(nil)
	_ framework.ModelWithIsBuiltIn               = (*apiResource)(nil)
	_ framework.ModelWithGuardDelete             = (*apiResource)(nil)
)

type scopeInMap struct {
	ID          types.String `tfsdk:"id"`
	Description types.String `tfsdk:"description"`
}

var scopeType = types.ObjectType{AttrTypes: map[string]attr.Type{"id": types.StringType, "description": types.StringType}}

func (m *apiResource) Expand(context.Context) (logto.APIResourceInput, diag.Diagnostics) {
	return logto.APIResourceInput{
		Name:           m.Name.ValueString(),
		Indicator:      m.Indicator.ValueString(),
		AccessTokenTTL: flex.Int64Pointer(m.AccessTokenTTL),
	}, nil
}

func (m *apiResource) Flatten(_ context.Context, r *logto.APIResource) diag.Diagnostics {
	if m.ID.IsNull() && len(r.Scopes) > 0 { // a data source or a list, where the scopes come along
		m.Scopes = scopeMap(r.Scopes, nil)
	}
	m.ID = types.StringValue(r.ID)
	m.Name = types.StringValue(r.Name)
	m.Indicator = types.StringValue(r.Indicator)
	m.AccessTokenTTL = types.Int64Value(r.AccessTokenTTL)
	m.IsDefault = types.BoolValue(r.IsDefault)
	return nil
}

// scopeMap is the scopes that were read, beside those that are in the state.
func scopeMap(scopes []logto.Scope, was map[string]scopeInMap) types.Map {
	elements := map[string]attr.Value{}
	for _, s := range scopes {
		elements[s.Name] = scopeValue(s.ID, flex.NonEmptyValue(was[s.Name].Description, s.Description))
	}
	return types.MapValueMust(scopeType, elements)
}

func scopeValue(id string, description types.String) attr.Value {
	return types.ObjectValueMust(scopeType.AttrTypes, map[string]attr.Value{"id": types.StringValue(id), "description": description})
}

// scopeWriters is how many scopes of one API resource are written at once.
const scopeWriters = 8

// AfterWrite sets the default, which has a call of its own, and writes the scopes
// that differ.
func (m *apiResource) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *apiResource) error {
	id := m.ID.ValueString()
	was := m.IsDefault
	if prior != nil {
		was = prior.IsDefault // what somebody else changed meanwhile is not written over
	}
	if want := flex.BoolPointer(planned.IsDefault); want != nil && *want != was.ValueBool() {
		if err := c.SetDefaultAPIResource(ctx, id, *want); err != nil {
			return err
		}
		m.IsDefault = types.BoolValue(*want)
	}
	if planned.Scopes.IsNull() || planned.Scopes.IsUnknown() {
		m.Scopes = types.MapNull(scopeType)
		return nil
	}
	want, have := map[string]scopeInMap{}, map[string]scopeInMap{}
	diags := planned.Scopes.ElementsAs(ctx, &want, false)
	if prior != nil && !prior.Scopes.IsNull() {
		diags.Append(prior.Scopes.ElementsAs(ctx, &have, false)...)
	} else if prior != nil { // managed from now on
		scopes, err := c.ScopesOf(ctx, id)
		if err != nil {
			return err
		}
		diags.Append(scopeMap(scopes, nil).ElementsAs(ctx, &have, false)...)
	}
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return m.writeScopes(ctx, c, id, want, have)
}

func (m *apiResource) writeScopes(ctx context.Context, c *logto.Client, id string, want, have map[string]scopeInMap) error {
	done := maps.Clone(have)
	var mu sync.Mutex
	note := func(name string, s *logto.Scope) {
		mu.Lock()
		defer mu.Unlock()
		if s == nil {
			delete(done, name)
		} else {
			done[name] = scopeInMap{ID: types.StringValue(s.ID), Description: flex.NonEmptyValue(want[name].Description, s.Description)}
		}
	}
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(scopeWriters)
	input := func(name string, s scopeInMap) logto.ScopeInput {
		return logto.ScopeInput{Name: name, Description: flex.NonEmptyPointer(s.Description)}
	}
	for name, s := range want {
		old, exists := have[name]
		if exists && old.Description.Equal(s.Description) {
			continue
		}
		group.Go(func() (err error) {
			var written *logto.Scope
			if exists {
				written, err = c.Scopes().Update(gctx, logto.Key{id, old.ID.ValueString()}, input(name, old), input(name, s))
			} else {
				written, err = c.Scopes().Create(gctx, logto.Key{id, ""}, input(name, s))
			}
			if err == nil {
				note(name, written)
			}
			return err
		})
	}
	for name, s := range have {
		if _, wanted := want[name]; wanted {
			continue
		}
		group.Go(func() error {
			err := c.Scopes().Delete(gctx, logto.Key{id, s.ID.ValueString()})
			if err == nil || logto.IsNotFound(err) {
				note(name, nil)
				return nil
			}
			return err
		})
	}
	err := group.Wait()
	elements := map[string]attr.Value{}
	for name, s := range done {
		elements[name] = scopeValue(s.ID.ValueString(), s.Description)
	}
	m.Scopes = types.MapValueMust(scopeType, elements)
	return err
}

// AfterRead reads the scopes when they are managed.
func (m *apiResource) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if m.Scopes.IsNull() && !purpose.Everything() {
		return nil
	}
	scopes, err := c.ScopesOf(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	was := map[string]scopeInMap{}
	if diags := m.Scopes.ElementsAs(ctx, &was, false); diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	if !m.Scopes.IsNull() || len(scopes) > 0 {
		m.Scopes = scopeMap(scopes, was)
	}
	return nil
}

// LinkClaims says that a tenant has one default API resource, and that scopes manages all
// scopes of this one.
func (m *apiResource) LinkClaims() (owned []framework.LinkClaim) {
	if m.IsDefault.ValueBool() {
		owned = append(owned, framework.LinkClaim{Links: "the default API resource", Exclusive: true, Attribute: "is_default"})
	}
	if !m.Scopes.IsNull() {
		owned = append(owned, framework.LinkClaim{Links: scopesOwned, Parent: m.ID.ValueString(), All: true, Attribute: "scopes", Children: m.scopeIDs()})
	}
	return owned
}

// scopeIDs are the known IDs of the scopes in the map.
func (m *apiResource) scopeIDs() (ids []string) {
	for _, e := range m.Scopes.Elements() {
		if scope, ok := e.(types.Object); ok {
			if id, ok := scope.Attributes()["id"].(types.String); ok && flex.IsGiven(id) {
				ids = append(ids, id.ValueString())
			}
		}
	}
	return ids
}

const scopesOwned = "scopes of the API resource"

// DisplayName names the API resource in lists.
func (m *apiResource) DisplayName() string { return m.Name.ValueString() }

// managementAPI is the ID of the API resource that the provider itself uses.
const managementAPI = "management-api"

// IsBuiltIn keeps lists from the Management API, which cannot be changed.
func (m *apiResource) IsBuiltIn() bool { return m.ID.ValueString() == managementAPI }

// GuardDelete keeps the Management API, which Logto does not let go.
func (m *apiResource) GuardDelete(context.Context, *logto.Client) (string, error) {
	if m.IsBuiltIn() {
		return "It is the Management API of the tenant, which is built in.", nil
	}
	return "", nil
}
