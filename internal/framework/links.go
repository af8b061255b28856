// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
)

// Root is the path of an attribute of the resource.
func Root(attribute string) path.Path { return path.Root(attribute) }

// DiagnosticsError is the first of the diagnostics as an error.
func DiagnosticsError(diags diag.Diagnostics) error {
	return errors.New(diags[0].Summary() + ": " + diags[0].Detail())
}

// KeyOnly is embedded by models that have nothing but a key, such as links: there is
// nothing to send.
type KeyOnly struct{}

// Expand returns nothing.
func (KeyOnly) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

// LinkAPI is a set of links that an attribute can own as a whole.
type LinkAPI interface {
	Add(ctx context.Context, parent string, children []string) error
	Set(ctx context.Context, parent string, children []string) error
	Children(ctx context.Context, parent string) ([]string, error)
}

// SaveLinks makes planned, the value of that attribute, the links of the parent, unless
// the attribute is not managed or has the same value as in prior. prior is nil for a new
// parent, which has no links.
func SaveLinks(ctx context.Context, links LinkAPI, attribute string, parent types.String, planned types.Set, prior *types.Set) error {
	if planned.IsNull() || planned.IsUnknown() || prior != nil && planned.Equal(*prior) {
		return nil
	}
	children, diags := flex.StringSlice(ctx, planned)
	if diags.HasError() {
		return DiagnosticsError(diags)
	}
	if prior == nil {
		return WithAttribute(attribute, links.Add(ctx, parent.ValueString(), children))
	}
	return WithAttribute(attribute, links.Set(ctx, parent.ValueString(), children))
}

// LoadLinks reads the links of the parent into managed. In a refresh it does so only if
// the set is managed; for other purposes always, and null stands for no links.
func LoadLinks(ctx context.Context, links LinkAPI, parent types.String, managed *types.Set, purpose ReadPurpose) error {
	if managed.IsNull() && !purpose.Everything() {
		return nil
	}
	children, err := links.Children(ctx, parent.ValueString())
	if err != nil {
		return err
	}
	if !managed.IsNull() || len(children) > 0 {
		*managed = flex.StringSet(children)
	}
	return nil
}
