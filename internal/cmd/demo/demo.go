// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// The names in examples/demo that the demo looks for on the server.
const (
	apiName    = "Projects API"
	portalName = "Customer portal"
	workerName = "Project sync worker"
	lostScope  = "write:projects"
)

// wanted is the tenant that examples/demo describes.
var wanted = facts{
	"redirect URIs of Customer portal":   {"https://portal.example.com/callback", "https://staging.portal.example.com/callback"},
	"secrets of Customer portal":         {"Default secret", "portal 2026"},
	"secrets of Project sync worker":     {"Default secret", "nightly"},
	"roles of Project sync worker":       {"Project sync"},
	"scopes of Projects API":             {"invite:members", "manage:billing", "read:projects", "write:projects"},
	"scopes of the role Member":          {"read:projects", "write:projects"},
	"scopes of the role Owner":           {"invite:members", "manage:billing", "read:projects", "write:projects"},
	"scopes of the role Project sync":    {"read:projects", "write:projects"},
	"scopes of the worker's own sign-in": {"read:projects", "write:projects"},
}

type demo struct {
	out    io.Writer
	server *fakelogto.Server
	work   *sandbox.Workspace
	steps  int
}

// run plays the demo to out.
func run(ctx context.Context, out io.Writer, cli string, verbose bool) (err error) {
	start := time.Now()
	fmt.Fprintln(out, "Terraform and a Logto tenant, from nothing to nothing. Building the provider …")
	box, err := sandbox.Open(ctx, cli)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	fmt.Fprintf(out, "  %s, %s; the provider was built from this checkout (%s)\n", box.CLI, box.CLI.Origin, seconds(time.Since(start)))

	d := &demo{out: out, server: fakelogto.NewServer()}
	if err := d.server.Listen("127.0.0.1:0"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.server.Close()) }()
	fmt.Fprintf(out, "  Logto in memory at %s, as a fresh tenant\n", d.server.URL)

	if d.work, err = box.Workspace(ctx, d.server, os.DirFS(filepath.Join(box.Root, "examples", "demo"))); err != nil {
		return err
	}
	if verbose {
		d.work.Echo = out
	}
	if err := d.play(ctx, box.CLI.Product); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nEvery promise held. %s in all.\n", seconds(time.Since(start)))
	return nil
}

// play goes through the life of the tenant.
func (d *demo) play(ctx context.Context, product string) error {
	fresh := d.server.Rows()
	for _, step := range []struct {
		title string
		play  func(context.Context) error
	}{
		{product + " plans examples/demo", d.plan},
		{product + " applies the plan", d.apply},
		{product + " plans again", d.planAgain},
		{"Somebody changes the tenant in the Console; " + product + " plans", d.detect},
		{product + " applies and repairs it", d.repair},
		{product + " destroys everything", func(ctx context.Context) error { return d.destroy(ctx, fresh) }},
	} {
		d.steps++
		fmt.Fprintf(d.out, "\n%d. %s\n", d.steps, step.title)
		if err := step.play(ctx); err != nil {
			return fmt.Errorf("step %d (%s): %w", d.steps, step.title, err)
		}
	}
	return nil
}

func (d *demo) plan(ctx context.Context) error {
	cost, err := d.measure("plan", func() error { _, err := d.work.Plan(ctx); return err })
	if err != nil {
		return err
	}
	planned, err := d.work.Planned(ctx)
	if err != nil {
		return err
	}
	changes := changesIn(planned)
	onlyNew := len(changes) > 0
	for _, c := range changes {
		onlyNew = onlyNew && c.action == "create"
	}
	return d.check(
		promise{onlyNew, fmt.Sprintf("%d resources to create and nothing else", len(changes)), fmt.Sprint(changes)},
		promise{cost.Writes == 0, "a plan writes nothing", fmt.Sprintf("%d writes", cost.Writes)},
		promise{cost.Tokens == 1, "the credentials were tried: one access token", fmt.Sprintf("%d token requests", cost.Tokens)},
	)
}

func (d *demo) apply(ctx context.Context) error {
	if _, err := d.measure("apply", func() error { return d.work.ApplyPlanned(ctx) }); err != nil {
		return err
	}
	if err := d.tenantIsAsWanted(ctx, "the tenant is what the configuration says"); err != nil {
		return err
	}
	outputs, err := d.work.Outputs(ctx)
	if err != nil {
		return err
	}
	hidden := true
	for _, name := range []string{"portal_app_secret", "worker_app_secret"} {
		value, err := text(outputs, name)
		if err != nil {
			return err
		}
		hidden = hidden && outputs[name].Sensitive && !strings.Contains(d.work.Printed(), value)
	}
	return d.check(promise{hidden, "the outputs with secrets are sensitive, and no secret was printed", "a secret shows"})
}

func (d *demo) planAgain(ctx context.Context) error {
	changes := true
	cost, err := d.measure("plan", func() (err error) { changes, err = d.work.Plan(ctx); return err })
	if err != nil {
		return err
	}
	return d.check(
		promise{!changes, "no changes", d.work.Printed()},
		promise{cost.Writes == 0, "nothing was written", fmt.Sprintf("%d writes", cost.Writes)},
	)
}

func (d *demo) detect(ctx context.Context) error {
	if err := d.meddle(); err != nil {
		return err
	}
	cost, err := d.measure("plan", func() error { _, err := d.work.Plan(ctx); return err })
	if err != nil {
		return err
	}
	planned, err := d.work.Planned(ctx)
	if err != nil {
		return err
	}
	changes := changesIn(planned)
	for _, c := range changes {
		fmt.Fprintf(d.out, "     %s\n", c)
	}
	// The scope was in these roles, and a new one with its name is another one.
	expected := []change{
		{"logto_api_resource.projects", "update", "scopes"},
		{"logto_application.portal", "update", "redirect_uris"},
		{"logto_role.member", "update", "scope_ids"},
		{"logto_role.owner", "update", "scope_ids"},
		{`logto_role_scope.sync["` + lostScope + `"]`, "create", ""},
	}
	return d.check(
		promise{slices.Equal(changes, expected), "the plan shows both changes with all they entail, and nothing else", fmt.Sprintf("%v instead of %v", changes, expected)},
		promise{cost.Writes == 0, "a plan writes nothing", fmt.Sprintf("%d writes", cost.Writes)},
	)
}

// meddle does what a person in the Console might.
func (d *demo) meddle() error {
	portal, err := d.find("/api/applications", portalName)
	if err != nil {
		return err
	}
	redirects := []any{"https://portal.example.com/callback", "http://localhost:3000/debug"}
	if err := d.do("PATCH", "/api/applications/"+portal.id, map[string]any{
		"oidcClientMetadata": map[string]any{"redirectUris": redirects, "postLogoutRedirectUris": []any{"https://portal.example.com"}},
	}); err != nil {
		return err
	}
	fmt.Fprintf(d.out, "   · somebody swaps a redirect URI of %s for http://localhost:3000/debug\n", portalName)
	api, err := d.find("/api/resources", apiName)
	if err != nil {
		return err
	}
	scope, err := d.find("/api/resources/"+api.id+"/scopes", lostScope)
	if err != nil {
		return err
	}
	if err := d.do("DELETE", "/api/resources/"+api.id+"/scopes/"+scope.id, nil); err != nil {
		return err
	}
	fmt.Fprintf(d.out, "   · and deletes the scope %s, which takes it from three roles\n", lostScope)
	return nil
}

func (d *demo) repair(ctx context.Context) error {
	cost, err := d.measure("apply", func() error { return d.work.ApplyPlanned(ctx) })
	if err != nil {
		return err
	}
	if err := d.tenantIsAsWanted(ctx, "the tenant is again what the configuration says"); err != nil {
		return err
	}
	if err := d.check(promise{
		// A redirect URI, a scope, and the scope's links to three roles.
		cost.Writes == 5, "only what had changed was written: 5 calls", fmt.Sprintf("%d writes", cost.Writes),
	}); err != nil {
		return err
	}
	return d.planAgain(ctx)
}

func (d *demo) destroy(ctx context.Context, fresh map[string]int) error {
	if _, err := d.measure("destroy", func() error { return d.work.Destroy(ctx) }); err != nil {
		return err
	}
	left := d.server.Rows()
	return d.check(promise{maps.Equal(fresh, left), "nothing is left: the tenant is as fresh as before", difference(fresh, left)})
}

// measure runs a command of the CLI and says what it cost.
func (d *demo) measure(name string, command func() error) (sandbox.Cost, error) {
	cost, err := sandbox.Measure(d.server, command)
	if err != nil {
		return cost, err
	}
	fmt.Fprintf(d.out, "   %s: %s, %s, %s\n", name, seconds(cost.Elapsed), counted(cost.Calls, "API call"), counted(cost.Tokens, "access token"))
	for _, o := range cost.Operations {
		fmt.Fprintf(d.out, "     %3d × %s\n", o.Calls, o.Name)
	}
	return cost, nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func seconds(t time.Duration) string { return fmt.Sprintf("%.1f s", t.Seconds()) }

// promise is something that the demo shows to be true.
type promise struct {
	kept bool
	text string
	seen string // instead, when it is not kept
}

// check tells the promises that are kept, up to the first that is not.
func (d *demo) check(promises ...promise) error {
	for _, p := range promises {
		if !p.kept {
			return fmt.Errorf("the promise %q is not kept: %s", p.text, p.seen)
		}
		fmt.Fprintf(d.out, "   ✓ %s\n", p.text)
	}
	return nil
}
