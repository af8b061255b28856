// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// textType is the type of the attributes that have values of the type V: strings that
// have their own way to tell which of them are equal.
type textType[V text] struct{ basetypes.StringType }

// text is a string of one of the types of this package.
type text interface {
	~struct{ basetypes.StringValue }
	basetypes.StringValuable
}

// String implements attr.Type.
func (textType[V]) String() string {
	var v V
	return fmt.Sprintf("%TType", v)
}

// ValueType implements attr.Type.
func (textType[V]) ValueType(context.Context) attr.Value {
	var v V
	return v
}

// Equal implements attr.Type.
func (t textType[V]) Equal(o attr.Type) bool {
	other, ok := o.(textType[V])
	return ok && t.StringType.Equal(other.StringType)
}

// ValueFromString implements basetypes.StringTypable.
func (textType[V]) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return V(struct{ basetypes.StringValue }{in}), nil
}

// ValueFromTerraform implements attr.Type.
func (t textType[V]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	v, err := t.StringType.ValueFromTerraform(ctx, in)
	s, ok := v.(basetypes.StringValue)
	if err == nil && !ok {
		err = fmt.Errorf("unexpected value of type %T", v)
	}
	return V(struct{ basetypes.StringValue }{s}), err
}
