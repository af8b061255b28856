// SPDX-License-Identifier: MPL-2.0

// Package export writes import blocks for what a tenant has, for Terraform that
// has no list resources.
package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
	logtoprovider "github.com/logto-community/terraform-provider-logto/internal/provider"
)

const usage = `Writes an import block for everything that a tenant has, from which Terraform (1.5) or OpenTofu writes the rest:

  export LOGTO_ENDPOINT=… LOGTO_APP_ID=… LOGTO_APP_SECRET=…
  terraform-provider-logto export > imports.tf
  terraform plan -generate-config-out=generated.tf

Left out are users and what belongs to them, links and scopes that are an attribute of what they belong to (as scope_ids of
logto_role), and what every tenant brings for the Management API.

Flags:
`

// Run is the command: args are what follows its name. It returns the exit code,
// and writes to out everything or nothing.
func Run(ctx context.Context, version string, args []string, out, messages io.Writer) int {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(messages)
	flags.Usage = func() {
		_, _ = fmt.Fprint(messages, usage)
		flags.PrintDefaults()
	}
	var o options
	flags.StringVar(&o.types, "types", "", "only these types, separated by commas: `role,application`")
	flags.BoolVar(&o.users, "users", false, "users too, and their memberships, identities, tokens and invitations")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 1 // which flags has told
	case flags.NArg() > 0:
		err = fmt.Errorf("it takes flags only, not %q", flags.Arg(0))
	}
	var blocks string
	if err == nil {
		blocks, err = export(ctx, version, o)
	}
	if err == nil {
		_, err = io.WriteString(out, blocks)
	}
	if err != nil {
		_, _ = fmt.Fprintf(messages, "export: %v\n", err)
		return 1
	}
	return 0
}

type options struct {
	types string
	users bool
}

func export(ctx context.Context, version string, o options) (string, error) {
	p := logtoprovider.New(version)()
	t := newTenant(ctx, p)
	chosen, err := t.choose(ctx, o)
	if err != nil {
		return "", err
	}
	if t.client, err = connect(ctx, p); err != nil {
		return "", err
	}
	return t.write(ctx, chosen)
}

// connect configures the provider by the environment alone.
func connect(ctx context.Context, p provider.Provider) (*logto.Client, error) {
	var s provider.SchemaResponse
	p.Schema(ctx, provider.SchemaRequest{}, &s)
	nulls := map[string]tftypes.Value{}
	for name, a := range s.Schema.Attributes {
		nulls[name] = tftypes.NewValue(a.GetType().TerraformType(ctx), nil)
	}
	var resp provider.ConfigureResponse
	p.Configure(ctx, provider.ConfigureRequest{TerraformVersion: "export", Config: tfsdk.Config{
		Schema: s.Schema, Raw: tftypes.NewValue(s.Schema.Type().TerraformType(ctx), nulls)}}, &resp)
	data, ok := resp.ListResourceData.(*framework.ProviderData)
	if !ok {
		return nil, asError(resp.Diagnostics)
	}
	return data.Client, nil
}

// asError is the errors among diagnostics; nil when there are none.
func asError(diags diag.Diagnostics) error {
	var errs []error
	for _, d := range diags.Errors() {
		errs = append(errs, errors.New(d.Summary()+"\n"+d.Detail()))
	}
	return errors.Join(errs...)
}

// tenant is what can be found, and what was.
type tenant struct {
	client  *logto.Client
	finders []framework.Lister
	found   map[string][]framework.ListedObject // by type
}

func newTenant(ctx context.Context, p provider.Provider) *tenant {
	t := &tenant{found: map[string][]framework.ListedObject{}}
	var lists []func() list.ListResource
	if l, ok := p.(provider.ProviderWithListResources); ok {
		lists = l.ListResources(ctx)
	}
	for _, newList := range lists {
		if f, ok := newList().(framework.Lister); ok {
			t.finders = append(t.finders, f)
		}
	}
	return t
}

// choose returns the types to write: those that were asked for, or all but users
// and what belongs to them. Parts of whole sets would have two owners.
func (t *tenant) choose(ctx context.Context, o options) (chosen []framework.Lister, err error) {
	asked := map[string]bool{}
	for name := range strings.SplitSeq(o.types, ",") {
		if name = strings.TrimSpace(name); name != "" {
			asked["logto_"+strings.TrimPrefix(name, "logto_")] = true
		}
	}
	var known []string
	all := len(asked) == 0
	for _, f := range t.finders {
		if f.OwnedElsewhere(ctx) {
			if asked[f.TypeName()] {
				return nil, fmt.Errorf("%s is not written: what it would be is in the whole set of what it belongs to, and would have two owners", f.TypeName())
			}
			continue
		}
		known = append(known, f.TypeName())
		if all && (o.users || !isOfUsers(f)) || asked[f.TypeName()] {
			chosen = append(chosen, f)
		}
		delete(asked, f.TypeName())
	}
	for name := range asked {
		err = fmt.Errorf("%s is no type that can be listed. Those that can are: %s", name, strings.Join(known, ", "))
	}
	return chosen, err
}

// isOfUsers reports whether the objects are users, or come and go with them.
func isOfUsers(f framework.Lister) bool {
	return f.TypeName() == "logto_user" || f.TypeName() == "logto_organization_invitation" || slices.Contains(f.Key(), "user_id")
}

// find is all that the tenant has of a type, below all parents.
func (t *tenant) find(ctx context.Context, f framework.Lister) ([]framework.ListedObject, error) {
	if found, ok := t.found[f.TypeName()]; ok {
		return found, nil
	}
	below := [][]string{nil}
	for _, attribute := range f.Parents() {
		var parents [][]string
		for _, kind := range t.parentsOf(f, attribute) {
			objects, err := t.find(ctx, kind)
			if err != nil {
				return nil, err
			}
			for _, above := range below {
				for _, o := range objects {
					parents = append(parents, append(slices.Clone(above), o.Key...))
				}
			}
		}
		below = parents
	}
	found := []framework.ListedObject{}
	for _, parents := range below {
		objects, diags := f.Find(ctx, t.client, parents)
		if err := asError(diags); err != nil {
			return nil, err
		}
		found = append(found, objects...)
	}
	t.found[f.TypeName()] = found
	return found, nil
}

// referred are the types that an attribute such as application_id may refer to:
// those whose names end like it and that have an ID of their own.
func (t *tenant) referred(attribute string) (kinds []framework.Lister) {
	name, isID := strings.CutSuffix(attribute, "_id")
	for _, f := range t.finders {
		if isID && strings.HasSuffix(f.TypeName(), "_"+name) && slices.Equal(f.Key(), []string{"id"}) {
			kinds = append(kinds, f)
		}
	}
	return kinds
}

// parentsOf are the types that objects are listed under: of those that the
// attribute may refer to the one that the type is named after, else all.
func (t *tenant) parentsOf(f framework.Lister, attribute string) []framework.Lister {
	kinds := t.referred(attribute)
	for _, kind := range kinds {
		if strings.HasPrefix(f.TypeName(), kind.TypeName()+"_") {
			return []framework.Lister{kind}
		}
	}
	return kinds
}

// write returns the blocks of the types.
func (t *tenant) write(ctx context.Context, kinds []framework.Lister) (string, error) {
	f := hclwrite.NewEmptyFile()
	comment := func(text string) {
		f.Body().AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte("# " + text + "\n")}})
	}
	comment("Made by terraform-provider-logto export. Next: terraform plan -generate-config-out=generated.tf")
	for _, kind := range kinds {
		objects, err := t.name(ctx, kind)
		if err != nil {
			return "", err
		}
		if len(objects) > 0 {
			f.Body().AppendNewline()
			comment(kind.TypeName())
		}
		for _, o := range objects {
			blocks := []*hclwrite.Block{importBlock(kind.TypeName(), o.name, o.ImportID())}
			written, err := resourceBlock(kind.TypeName(), o.name, o.State)
			if err != nil {
				return "", err
			}
			if written != nil {
				blocks = append(blocks, written)
			}
			for _, b := range blocks {
				f.Body().AppendNewline()
				f.Body().AppendBlock(b)
			}
		}
	}
	return string(hclwrite.Format(f.Bytes())), nil
}

// name gives each object of a type its name, and sorts by it.
func (t *tenant) name(ctx context.Context, f framework.Lister) ([]named, error) {
	titles := map[string]string{}
	for _, attribute := range f.Key() {
		for _, kind := range t.referred(attribute) {
			objects, err := t.find(ctx, kind)
			if err != nil {
				return nil, err
			}
			for _, o := range objects {
				titles[o.Key.ID()] = o.Title
			}
		}
	}
	objects, err := t.find(ctx, f)
	if err != nil {
		return nil, err
	}
	all := make([]named, len(objects))
	for i, o := range objects {
		words := slices.Clone(o.Key)
		for j, attribute := range f.Key() {
			switch {
			case attribute == "id" && o.Key[j] == schemas.SingletonID:
				words[j] = "this"
			case attribute == "id" && o.Title != "":
				words[j] = o.Title
			case titles[o.Key[j]] != "":
				words[j] = titles[o.Key[j]]
			}
		}
		all[i] = named{ListedObject: o, name: identifier(strings.Join(words, " "), strings.TrimPrefix(f.TypeName(), "logto_"))}
	}
	makeUnique(all)
	return all, nil
}
