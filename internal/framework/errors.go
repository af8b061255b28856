// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// failure is an operation that failed on an object.
type failure struct {
	verb, typeName string
	id             string // of the object, where it has one
	// attributes are those of the type at which an error can be placed; nil for a type
	// whose errors are all about the whole.
	attributes map[string]schema.Attribute
}

// fail makes the diagnostics for an error: what failed, on which object, Logto's
// reason and code, what to do, at the attribute where it is known.
func (r *Resource) fail(diags *diag.Diagnostics, verb, id string, err error) {
	r.data.fail(diags, failure{verb: verb, typeName: r.typeName(), id: id, attributes: r.schema().Attributes}, err)
}

// WithAttribute says of an error, if there is one, which attribute of the resource is at fault.
func WithAttribute(attribute string, err error) error {
	if err == nil {
		return nil
	}
	return &attributeError{err, attribute}
}

type attributeError struct {
	error
	attribute string
}

func (e *attributeError) Unwrap() error { return e.error }

// fail adds the diagnostics of an operation that failed.
func (d *ProviderData) fail(diags *diag.Diagnostics, f failure, err error) {
	summary, attributes := "Could not "+f.verb+" the "+f.typeName, f.attributes
	if denied, ok := errors.AsType[*logto.AccessError](err); ok {
		addAccessError(diags, summary, denied, d.Client)
		return
	}
	add := func(attribute, detail string) {
		if placed, ok := errors.AsType[*attributeError](err); ok {
			attribute = placed.attribute
		}
		for _, name := range []string{attribute, strings.TrimSuffix(attribute, "s")} { // role_ids, or role_id where there is one
			if _, ok := attributes[name]; ok {
				diags.AddAttributeError(path.Root(name), summary, detail)
				return
			}
		}
		diags.AddError(summary, detail)
	}
	if unsent, ok := errors.AsType[*logto.InputError](err); ok {
		for _, issue := range unsent.Issues {
			if at, ok := attributePath(issue.Path, attributes); ok {
				diags.AddAttributeError(at, summary, about(f.id)+issue.Message)
			} else {
				add("", about(f.id)+issue.Message)
			}
		}
		return
	}
	var refused *logto.Error
	if !errors.As(err, &refused) {
		add("", about(f.id)+err.Error())
		return
	}
	if version, lacks := logto.LacksOperation(err); lacks {
		add("", about(f.id)+needs(version)+"\n\n"+err.Error())
		return
	}
	if refused.Since != "" {
		err = fmt.Errorf("%s\n\n%w", needs(refused.Since), err)
	}
	h := d.hints().find(f.typeName, refused.Code)
	detail := about(f.id) + err.Error()
	if h.Advice != "" {
		detail += "\n\n" + h.Advice
	}
	placed := map[string]bool{} // one error for each attribute: the detail has all issues
	for _, issue := range refused.Issues {
		if at, ok := attributePath(issue.Path, attributes); ok && !placed[at.String()] {
			diags.AddAttributeError(at, summary, detail)
			placed[at.String()] = true
		}
	}
	if len(placed) > 0 {
		return
	}
	if table := missingFrom.FindStringSubmatch(refused.Message); h.Attribute == "" && table != nil {
		h.Attribute = table[1] + "_ids"
	}
	add(h.Attribute, detail)
}

// needs says that this Logto is too old for the operation.
func needs(version string) string {
	return "This needs Logto " + version + " or later, and the Logto of the endpoint is older."
}

// missingFrom finds in a message of Logto's which kind of object does not exist.
var missingFrom = regexp.MustCompile("^The (\\w+)s with ID `")

// named stands for the attributes of a type that is no resource: only their
// names count for an error's place.
func named[A any](attributes map[string]A) map[string]schema.Attribute {
	known := make(map[string]schema.Attribute, len(attributes))
	for name := range attributes {
		known[name] = schema.StringAttribute{}
	}
	return known
}

func about(id string) string {
	if id == "" {
		return ""
	}
	return "Object " + id + ": "
}

// addAccessError says why Terraform cannot read or write the tenant: in full the first
// time. Every other object has an error of its own that refers to the first, because
// Terraform goes on with objects that have no error. Only in a
// plan of what does not exist yet is the first enough: nothing is read there, and
// one error fails the whole plan.
func addAccessError(diags *diag.Diagnostics, summary string, err *logto.AccessError, c *logto.Client) {
	switch {
	case c.FirstReport(err):
		diags.AddError(err.Summary(), Capitalized(err.Error())+"\n\nThis is about the provider's configuration, or what it leads to, and not about this object.")
	case strings.HasPrefix(summary, "Could not plan"):
	default:
		diags.AddError(summary, "See the error \""+err.Summary()+"\", which is told once: "+err.Short()+".")
	}
}

// Capitalized is s with its first letter in upper case.
func Capitalized(s string) string {
	first := []rune(s)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// attributePath finds the attribute that a path into the API's request is
// about. Keys of the API that group attributes, such as oidcClientMetadata,
// are passed over. It goes no deeper into nested attributes, because Terraform
// would then show the resource's first line instead of the attribute's.
func attributePath(keys []any, attributes map[string]schema.Attribute) (path.Path, bool) {
	for i, k := range keys {
		name, ok := k.(string)
		if !ok {
			continue
		}
		a, ok := attributes[since.AttributeName(name)]
		if !ok {
			continue
		}
		at := path.Root(since.AttributeName(name))
		if _, isList := a.GetType().(basetypes.ListType); isList && i+1 < len(keys) {
			if n, ok := keys[i+1].(float64); ok && n >= 0 {
				return at.AtListIndex(int(n)), true
			}
		}
		return at, true
	}
	return path.Empty(), false
}
