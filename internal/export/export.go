// SPDX-License-Identifier: MPL-2.0

// Package export writes what a tenant has as a configuration that a person could have
// written, with import blocks.
package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	logtoprovider "github.com/logto-community/terraform-provider-logto/internal/provider"
)

const usage = `Writes a tenant as a configuration, with import blocks:

  export LOGTO_ENDPOINT=… LOGTO_APP_ID=… LOGTO_APP_SECRET=…
  terraform-provider-logto export -out tenant
  cd tenant && cp terraform.tfvars.example terraform.tfvars   # if there is one: fill in the secrets
  terraform init && terraform plan

These are left out: users and what belongs to them, settings that have their default, links and scopes that are an
attribute of what they belong to (such as scope_ids of logto_role), secrets and keys that Logto creates together with
their application, secrets, tokens and invitations that have expired, what every tenant has for the Management API, and
the application that this command signs in with.

Without -out it prints import blocks alone, for terraform plan -generate-config-out=generated.tf.

Flags:
`

type options struct {
	out, types, exclude string
	users, plain        bool
	quiet, force        bool
}

func (o *options) parse(args []string, messages io.Writer) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(messages)
	flags.Usage = func() {
		_, _ = fmt.Fprint(messages, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&o.out, "out", "", "write the configuration into this `folder`")
	flags.StringVar(&o.types, "types", "", "only these types, separated by commas: `role,application`")
	flags.StringVar(&o.exclude, "exclude", "", "not these types or objects, nor what belongs to them, separated by commas; * stands for any characters: `hook,application.test_*`")
	flags.BoolVar(&o.users, "users", false, "users too, and their memberships, identities, tokens and invitations")
	flags.BoolVar(&o.plain, "state-secrets", false, "write secrets as attributes that are stored in the state, for Terraform and OpenTofu before 1.11, and those that Logto shows into terraform.tfvars")
	flags.BoolVar(&o.force, "force", false, "overwrite files, and remove those of a former export that are no longer needed")
	flags.BoolVar(&o.quiet, "quiet", false, "tell nothing but errors")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("it takes flags only, not %q", flags.Arg(0))
	}
	return nil
}

// Run is the command: args are what follows its name. It returns the exit code, and
// writes everything or nothing.
func Run(ctx context.Context, version string, args []string, out, messages io.Writer) int {
	var o options
	err := o.parse(args, messages)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = export(ctx, version, o, out, messages)
	}
	if err != nil {
		_, _ = fmt.Fprintf(messages, "export: %v\n", err)
		return 1
	}
	return 0
}

func export(ctx context.Context, version string, o options, out, messages io.Writer) error {
	progress := func(format string, args ...any) {
		if !o.quiet {
			_, _ = fmt.Fprintf(messages, format, args...)
		}
	}
	t := newTenant(logtoprovider.Areas(), progress)
	chosen, err := t.choose(ctx, o)
	if err != nil {
		return err
	}
	if t.session, err = connect(ctx, logtoprovider.New(version)()); err != nil {
		return err
	}
	managed, builtIn, err := t.objects(ctx, chosen, o)
	if err != nil {
		return err
	}
	if o.out == "" {
		blocks, err := importBlocks(managed, builtIn)
		if err == nil {
			_, err = io.WriteString(out, blocks)
		}
		return err
	}
	c, err := arrange(version, managed, builtIn, o.plain)
	if err != nil {
		return err
	}
	if err := c.save(o.out, o.force); err != nil {
		return err
	}
	progress("%s", c.summary(o))
	return nil
}

// summary says what was written, and what to do before a plan.
func (c *configuration) summary(o options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d objects in %s.\n", c.objects, filepath.Clean(o.out))
	if ids := c.writer.unresolvedAttributes(); len(ids) > 0 {
		fmt.Fprintf(&b, "\nThese attributes have IDs of what is not exported, which another tenant does not have:\n  %s\n", strings.Join(ids, "\n  "))
	}
	if n := len(c.writer.secrets.all); n > 0 {
		of := map[string]bool{}
		for _, v := range c.writer.secrets.all {
			of[v.of] = true
		}
		if o.plain {
			fmt.Fprintf(&b, "\n%d secrets of %d objects are in terraform.tfvars. Keep it out of the repository.\n", n, len(of))
		} else {
			fmt.Fprintf(&b, "\n%d secrets of %d objects are needed before a plan: copy terraform.tfvars.example to terraform.tfvars, and fill them in.\n"+
				"The import does not change the secrets in Logto. Terraform sends them when it creates an object, or when their version (such as config_wo_version) changes.\n", n, len(of))
		}
	}
	fmt.Fprintf(&b, "\nNext: cd %s && terraform init && terraform plan\n", filepath.Clean(o.out))
	return b.String()
}
