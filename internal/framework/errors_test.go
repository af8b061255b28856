// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func TestAttributePath(t *testing.T) {
	t.Parallel()
	attributes := map[string]schema.Attribute{
		"name":           schema.StringAttribute{},
		"redirect_uris":  schema.ListAttribute{ElementType: types.StringType},
		"scope_ids":      schema.SetAttribute{ElementType: types.StringType},
		"id_token_ttl":   schema.Int64Attribute{},
		"custom_data":    schema.StringAttribute{},
		"page_rules":     schema.ListAttribute{ElementType: types.StringType},
		"protected_app":  schema.SingleNestedAttribute{Attributes: map[string]schema.Attribute{"origin": schema.StringAttribute{}}},
		"primary_email":  schema.StringAttribute{},
		"logto_configs":  schema.SingleNestedAttribute{},
		"email_domains":  schema.SetAttribute{ElementType: types.StringType},
		"custom_content": schema.MapAttribute{ElementType: types.StringType},
	}
	for want, keys := range map[string][]any{
		"name":             {"name"},
		"redirect_uris[2]": {"oidcClientMetadata", "redirectUris", float64(2)},
		"redirect_uris":    {"oidcClientMetadata", "redirectUris"},
		"id_token_ttl":     {"customClientMetadata", "idTokenTtl"},
		"scope_ids":        {"scopeIds", float64(0)},
		"protected_app":    {"protectedAppMetadata", "protectedApp", "origin"},
		"":                 {"unknown", "thing"},
	} {
		got, ok := attributePath(keys, attributes)
		if ok != (want != "") || got.String() != want {
			t.Errorf("%v: %q, want %q", keys, got, want)
		}
	}
}

// An error is at the attribute that the call was about, that the code is about,
// or that refers to what does not exist.
func TestErrorPlace(t *testing.T) {
	t.Parallel()
	link := map[string]schema.Attribute{"user_id": schema.StringAttribute{}, "role_id": schema.StringAttribute{}}
	whole := map[string]schema.Attribute{"name": schema.StringAttribute{}, "role_ids": schema.SetAttribute{ElementType: types.StringType}}
	missing := &logto.Error{Code: "entity.not_exists_with_id", Message: "The roles with ID `x` does not exist."}
	data := NewProviderData(nil, ServicePackage{
		Resources: []func() resource.Resource{typeNamed("logto_x")},
		Hints: Hints{"": {
			"user.invalid_role_type":       {Attribute: "role_ids", Advice: "Give another."},
			"user.username_already_in_use": {Attribute: "username", Advice: "Give another."},
		}},
	})
	for name, c := range map[string]struct {
		err        error
		attributes map[string]schema.Attribute
		want       string
	}{
		"by the caller":           {WithAttribute("role_ids", &logto.Error{Code: "entity.relation_foreign_key_not_found"}), whole, "role_ids"},
		"of something not sent":   {WithAttribute("role_ids", &logto.InputError{Issues: []logto.Issue{{Message: "no"}}}), whole, "role_ids"},
		"of no answer":            {WithAttribute("role_ids", errors.New("lost")), whole, "role_ids"},
		"by the code, of many":    {&logto.Error{Code: "user.invalid_role_type"}, whole, "role_ids"},
		"by the code, of one":     {&logto.Error{Code: "user.invalid_role_type"}, link, "role_id"},
		"by what is missing":      {missing, link, "role_id"},
		"by which are missing":    {missing, whole, "role_ids"},
		"the object is missing":   {&logto.Error{Code: "entity.not_exists_with_id", Message: "The users with ID `x` does not exist."}, whole, ""},
		"nobody knows":            {&logto.Error{Code: "entity.relation_foreign_key_not_found"}, whole, ""},
		"an attribute of another": {&logto.Error{Code: "user.username_already_in_use"}, whole, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			data.fail(&diags, failure{verb: "update", typeName: "logto_x", attributes: c.attributes}, c.err)
			got := ""
			if d, ok := diags[0].(diag.DiagnosticWithPath); ok {
				got = d.Path().String()
			}
			if len(diags) != 1 || got != c.want {
				t.Errorf("at %q, want %q: %v", got, c.want, diags)
			}
		})
	}
	if WithAttribute("name", nil) != nil {
		t.Error("no error became one")
	}
}

// An error at an attribute says once what is wrong with it.
func TestErrorSaysReasonOnce(t *testing.T) {
	t.Parallel()
	data := NewProviderData(nil, ServicePackage{Resources: []func() resource.Resource{typeNamed("logto_x")}})
	var diags diag.Diagnostics
	data.fail(&diags, failure{verb: "update", typeName: "logto_x", attributes: map[string]schema.Attribute{"config": schema.StringAttribute{}}},
		&logto.Error{Code: "connector.invalid_config", Message: "The request is wrong.", Issues: []logto.Issue{{Path: []any{"config", "scope"}, Message: "This is no text"}}})
	d, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || len(diags) != 1 || d.Path().String() != "config" || strings.Count(d.Detail(), "This is no text") != 1 || !strings.Contains(d.Detail(), "config.scope: This is no text") {
		t.Error(diags)
	}
}

// What hits every object is told in full once, and every object that could not be
// read or written has an error of its own. A plan of new objects has one.
func TestAccessErrors(t *testing.T) {
	t.Parallel()
	client, err := logto.New(logto.Config{Endpoint: "https://logto.example", AppID: "a", AppSecret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	denied := &logto.AccessError{Attribute: "app_id", Problem: "is wrong", Advice: "Use another."}
	outage := &logto.AccessError{Problem: "the server fails", Advice: "Wait."}
	for i, c := range []struct {
		verb string
		err  error
		want string // "" for no error
	}{
		{"plan", denied, "Wrong provider configuration: app_id"},
		{"plan", denied, ""},
		{"read", denied, "Could not read the logto_x"},
		{"create", denied, "Could not create the logto_x"},
		{"read", outage, "Logto cannot be used"},
		{"read", outage, "Could not read the logto_x"},
	} {
		var diags diag.Diagnostics
		NewProviderData(client).fail(&diags, failure{verb: c.verb, typeName: "logto_x"}, c.err)
		got := ""
		if len(diags) == 1 {
			got = diags[0].Summary()
		}
		if got != c.want || len(diags) > 1 {
			t.Errorf("%d: %v, want %q", i, diags, c.want)
		}
		if full := len(diags) == 1 && strings.Contains(diags[0].Detail(), "his is about the provider"); full != (c.want != "" && c.want != "Could not "+c.verb+" the logto_x") {
			t.Errorf("%d: in full: %v: %v", i, full, diags)
		}
	}
}
