// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// besides is what was counted over the rounds.
type besides struct {
	rounds, failed    int
	lost, doubled     int // of what a configuration has, after both have applied
	left              int // of what a configuration had, after both have destroyed
	claimed, silent   int // rounds with both email connectors made; those in which nobody was told
	problems          []string
	applied, destroys time.Duration
}

// parents are what both configurations refer to.
const parents = `
resource "logto_application" "shared" {
  name          = "{p} shared"
  type          = "SPA"
  redirect_uris = []
  lifecycle {
    ignore_changes = [redirect_uris]
  }
}
resource "logto_api_resource" "shared" {
  name      = "{p} shared"
  indicator = "https://{p}.example.com"
  scopes    = { for n in range(8) : "do:${n}" => {} }
}
resource "logto_role" "shared" {
  name        = "{p} shared"
  description = "A role."
}
resource "logto_organization" "shared" {
  name = "{p} shared"
}
resource "logto_organization_role" "shared" {
  name = "{p} shared"
}
resource "logto_user" "shared" {
  count    = 8
  username = "{p}_${count.index}"
}
output "ids" {
  value = {
    application = logto_application.shared.id, role = logto_role.shared.id, organization = logto_organization.shared.id,
    organization_role = logto_organization_role.shared.id, scopes = [for s in logto_api_resource.shared.scopes : s.id], users = logto_user.shared[*].id
  }
}
`

// oneSide is a configuration that adds to the parents and sets its part of singletons.
const oneSide = `
resource "logto_application_redirect_uri" "own" {
  count          = 4
  application_id = local.ids.application
  kind           = "sign_in"
  uri            = "https://{side}-${count.index}.example.com/callback"
}
resource "logto_role_scope" "own" {
  count    = 4
  role_id  = local.ids.role
  scope_id = local.ids.scopes[{from} + count.index]
}
resource "logto_organization_role_scope" "own" {
  count    = 4
  role_id  = local.ids.organization_role
  scope_id = local.ids.scopes[{from} + count.index]
  kind     = "resource"
}
resource "logto_organization_member" "own" {
  count           = 4
  organization_id = local.ids.organization
  user_id         = local.ids.users[{from} + count.index]
}
resource "logto_user_role" "own" {
  count   = 4
  user_id = local.ids.users[{from} + count.index]
  role_id = local.ids.role
}
resource "logto_custom_phrase" "own" {
  language_tag = "{tag}"
  translation  = jsonencode({ action = { sign_in = "{side}" } })
}
resource "logto_sign_in_experience" "own" {
  {setting}
}
`

const emailConnector = `
resource "logto_connector" "own" {
  connector_id = "simple-mail-transfer-protocol"
  config = jsonencode({ host = "mail.example.com", port = 25, auth = { user = "u", pass = "p" }, fromEmail = "a@example.com",
  templates = [for u in ["SignIn", "Register", "ForgotPassword", "Generic"] : { usageType = u, contentType = "text/plain", subject = "s", content = "{{code}}" }] })
}
`

// beside applies two configurations at once.
func (o options) beside(ctx context.Context) (err error) {
	box, err := sandbox.Open(ctx, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	var b besides
	rounds := cmp.Or(o.rounds, 50)
	t, err := openTenant()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	prefix := fmt.Sprintf("b%x", o.seed)
	shared, err := workspace(ctx, box, t, strings.ReplaceAll(parents, "{p}", prefix))
	if err == nil {
		err = shared.Apply(ctx)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shared.Destroy(context.WithoutCancel(ctx))) }()
	outputs, err := shared.Outputs(ctx)
	if err != nil {
		return err
	}
	var made struct{ Application string }
	if err := json.Unmarshal(outputs["ids"].Value, &made); err != nil {
		return fmt.Errorf("read the outputs: %w", err)
	}
	ids := "locals {\n  ids = jsondecode(" + fmt.Sprintf("%q", string(outputs["ids"].Value)) + ")\n}\n"
	for round := range rounds {
		if err = b.round(ctx, box, t, ids, made.Application, round); ctx.Err() != nil {
			break // what was counted until now is printed
		}
		if err != nil {
			return err
		}
		b.rounds++
		fmt.Fprintf(os.Stderr, "round %d\n", round+1)
	}
	fmt.Printf("%s: %d rounds of two applies at once, of 22 resources each\nfailed\t%d\nlost\t%d\ndoubled\t%d\nleft after both were destroyed\t%d\n"+
		"rounds in which both created the email connector\t%d\nof these in silence\t%d\napplies took\t%s\ndestroys took\t%s\n%s\n",
		t, b.rounds, b.failed, b.lost, b.doubled, b.left, b.claimed, b.silent, b.applied.Round(time.Second), b.destroys.Round(time.Second), strings.Join(b.problems, "\n"))
	if len(b.problems) > 0 {
		return fmt.Errorf("%d things were found that must not be", len(b.problems))
	}
	return nil
}

func workspace(ctx context.Context, box *sandbox.Sandbox, t *tenant, config string) (*sandbox.Workspace, error) {
	return box.Workspace(ctx, nil, fstest.MapFS{"main.tf": {Data: []byte(t.provider("") + config)}})
}

// both does the same with both workspaces at once.
func both(sides []*sandbox.Workspace, do func(w *sandbox.Workspace) error) (problems []error) {
	problems = make([]error, len(sides))
	var wait sync.WaitGroup
	for i, w := range sides {
		wait.Go(func() { problems[i] = do(w) })
	}
	wait.Wait()
	return problems
}

func (b *besides) round(ctx context.Context, box *sandbox.Sandbox, t *tenant, ids, application string, round int) error {
	var sides, mail []*sandbox.Workspace
	for i, side := range []string{"a", "b"} {
		setting := []string{`branding = { logo_url = "https://a.example.com/logo.png" }`, `branding = { favicon = "https://b.example.com/icon.png" }`}[i]
		config := ids + strings.NewReplacer("{side}", side, "{from}", fmt.Sprint(4*i), "{tag}", []string{"sv-SE", "da-DK"}[i], "{setting}", setting).Replace(oneSide)
		w, err := workspace(ctx, box, t, config)
		if err != nil {
			return err
		}
		m, err := workspace(ctx, box, t, emailConnector)
		if err != nil {
			return err
		}
		sides, mail = append(sides, w), append(mail, m)
		defer os.RemoveAll(w.Dir())
		defer os.RemoveAll(m.Dir())
	}
	note := func(counter *int, format string, values ...any) {
		*counter++
		b.problems = append(b.problems, fmt.Sprintf("round %d: ", round+1)+fmt.Sprintf(format, values...))
	}
	started := time.Now()
	for _, err := range both(sides, func(w *sandbox.Workspace) error { return w.Apply(ctx) }) {
		if err != nil {
			note(&b.failed, "apply: %v", err)
		}
	}
	b.applied += time.Since(started)
	for _, w := range sides {
		if changes, err := w.Plan(ctx); err != nil || changes {
			note(&b.lost, "the plan after both has changes: %v\n%s", err, w.Printed())
		}
	}
	if n, err := t.redirectURIs(ctx, application); err != nil || n > 8 {
		note(&b.doubled, "the application has %d redirect URIs: %v", n, err)
	}
	started = time.Now()
	for _, err := range both(sides, func(w *sandbox.Workspace) error { return w.Destroy(ctx) }) {
		if err != nil {
			note(&b.failed, "destroy: %v", err)
		}
	}
	b.destroys += time.Since(started)
	if n, err := t.redirectURIs(ctx, application); err != nil || n > 0 {
		note(&b.left, "the application has %d redirect URIs: %v", n, err)
	}
	b.claim(ctx, mail, note)
	return nil
}

// claim lets both create the email connector. One at least must be told, and what is
// there must be that of one who was not.
func (b *besides) claim(ctx context.Context, mail []*sandbox.Workspace, note func(counter *int, format string, values ...any)) {
	told := 0
	for _, err := range both(mail, func(w *sandbox.Workspace) error { return w.Apply(ctx) }) {
		if err != nil {
			told++
		}
	}
	if told == 0 {
		note(&b.silent, "both created the email connector, and nobody was told")
	}
	b.claimed++
	for _, w := range mail {
		if err := w.Destroy(ctx); err != nil {
			note(&b.failed, "destroy of the email connector: %v", err)
		}
	}
}

// redirectURIs counts the redirect URIs of the shared application.
func (t *tenant) redirectURIs(ctx context.Context, application string) (int, error) {
	c, err := logto.New(logto.Config{Endpoint: t.endpoint, AppID: t.appID, AppSecret: t.appSecret, MaxRetries: 5})
	if err != nil {
		return 0, err
	}
	a, err := c.Applications().Get(ctx, logto.Key{application})
	if err != nil {
		return 0, err
	}
	return len(a.OIDCClientMetadata.RedirectURIs), nil
}
