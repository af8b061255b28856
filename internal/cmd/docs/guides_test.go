// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// commandsOf are the commands of a guide in their order, block by block. An apply does not ask. The environment
// of a block that sets LOGTO_ENDPOINT is another tenant's.
func commandsOf(t *testing.T, guide string) []string {
	t.Helper()
	return commandsIn(t, "templates/guides/"+guide+".md.tmpl")
}

func commandsIn(t *testing.T, page string) []string {
	t.Helper()
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```shell\n(.*?)```").FindAllStringSubmatch(read(t, root+filepath.FromSlash(page)), -1) {
		blocks = append(blocks, "export TF_CLI_ARGS_apply=-auto-approve\n"+m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("%s has no commands", page)
	}
	return blocks
}

// The commands of the guide are run, in their order and in one shell, for the tenant of the
// example, and then for an empty one.
func TestAccGuideAdopt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	s := openSandbox(t)
	first, second := acctest.StartMemory(t), acctest.StartMemory(t)
	tenant, err := s.Workspace(t.Context(), first.Server, os.DirFS(root+filepath.FromSlash("examples/tenant")))
	if err != nil {
		t.Fatal(err)
	}
	if err := tenant.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	guide := read(t, root+filepath.FromSlash("templates/guides/adopt.md.tmpl"))
	main := regexp.MustCompile("(?s)```terraform\n(.*?)```").FindStringSubmatch(guide)[1]
	sh, err := s.Shell(first.Server, fstest.MapFS{"main.tf": {Data: []byte(main)}})
	if err != nil {
		t.Fatal(err)
	}
	// What a block changes of the shell, its folder and its variables, the next one has.
	const keep = "\npwd > %[1]s/.folder\nprintf 'exporter=%%s\\n' \"$exporter\" > %[1]s/.variables\n"
	servers := []*acctest.Target{first, second}
	var printed strings.Builder
	for _, block := range commandsOf(t, "adopt") {
		if strings.Contains(block, "LOGTO_ENDPOINT") {
			sh.TalkTo(servers[0].Server)
			servers = servers[1:]
			continue
		}
		before := "test ! -e " + sh.Dir + "/.folder || { . " + sh.Dir + "/.variables; cd \"$(cat " + sh.Dir + "/.folder)\"; }\n"
		out, err := sh.Run(t.Context(), before+block+strings.ReplaceAll(strings.ReplaceAll(keep, "%[1]s", sh.Dir), "%%", "%"))
		if err != nil {
			t.Fatal(err)
		}
		printed.WriteString(out)
	}
	all := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(printed.String(), "")
	for _, want := range []string{" to import, 0 to add, 0 to change, 0 to destroy", "secrets of", "No changes.", " added, 0 changed, 0 destroyed"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q:\n%s", want, all)
		}
	}
}

// theSandbox is one for all tests, because it takes a while to build the provider.
var (
	theSandbox = sync.OnceValues(func() (*sandbox.Sandbox, error) {
		s, err := sandbox.Open(context.Background(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
		opened = s
		return s, err
	})
	opened *sandbox.Sandbox // nil if no test needed it
)

func TestMain(m *testing.M) {
	code := m.Run()
	if opened != nil {
		_ = opened.Close()
	}
	os.Exit(code)
}

func openSandbox(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	s, err := theSandbox()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The commands of the first pages are run in their order, with the configuration of the page.
func TestAccFirstPages(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	version := regexp.MustCompile(` +version = .*\n`) // which the provider that the test builds does not have
	for page, config := range map[string]string{
		"README.md":               terraformBlock.FindStringSubmatch(read(t, root+"README.md"))[1],
		"templates/index.md.tmpl": version.ReplaceAllString(read(t, root+filepath.FromSlash("examples/provider/provider.tf")), ""),
	} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			sh, err := openSandbox(t).Shell(acctest.StartMemory(t).Server, fstest.MapFS{"main.tf": {Data: []byte(config)}})
			if err != nil {
				t.Fatal(err)
			}
			var commands strings.Builder
			for _, block := range commandsIn(t, page) {
				if !strings.Contains(block, "make ") { // in a checkout
					commands.WriteString(regexp.MustCompile(`(?m)^export LOGTO_.*$`).ReplaceAllString(block, ""))
				}
			}
			out, err := sh.Run(t.Context(), commands.String()+"\nls -R")
			if err != nil {
				t.Fatal(err)
			}
			if page == "README.md" && !strings.Contains(out, "imports.tf") {
				t.Errorf("the tenant was not exported:\n%s", out)
			}
		})
	}
}

// The upgrade of the provider, with the commands of the guide, changes nothing.
func TestAccGuideVersions(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	sh, err := openSandbox(t).Shell(acctest.StartMemory(t).Server, os.DirFS(root+filepath.FromSlash("examples/getting-started")))
	if err != nil {
		t.Fatal(err)
	}
	// Those of the guide for beginners come first.
	blocks := slices.DeleteFunc(commandsOf(t, "getting-started"), func(block string) bool { return strings.Contains(block, "LOGTO_ENDPOINT") })
	out, err := sh.Run(t.Context(), strings.Join(append(blocks, commandsOf(t, "versions")...), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "Apply complete!") || !strings.Contains(out, "No changes.") {
		t.Error(out)
	}
}

// One module makes two tenants, whose exports differ in what the example makes a variable,
// and in nothing else.
func TestAccPromotionExample(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	s := openSandbox(t)
	tenants := map[string]*acctest.Target{"development": acctest.StartMemory(t), "production": acctest.StartMemory(t)}
	sh, err := s.Shell(tenants["development"].Server, os.DirFS(root+filepath.FromSlash("examples/promotion")))
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range commandsOf(t, "environments") {
		if strings.Contains(block, "LOGTO_ENDPOINT") {
			continue // of the tenant whose folder the next block enters
		}
		name := regexp.MustCompile(`cd \S*?(\w+)\n`).FindStringSubmatch(block)[1]
		sh.TalkTo(tenants[name].Server)
		out, err := sh.Run(t.Context(), strings.Replace(block, "cd ../", "cd ", 1)+`
			terraform plan -detailed-exitcode
			cd ..
			terraform-provider-logto export -quiet -out exported -force
			git init --quiet .
			git add exported
			git -c user.name=me -c user.email=me@example.com commit --quiet -m `+name)
		if err != nil {
			t.Fatal(err, out)
		}
	}
	diff, err := sh.Run(t.Context(), "git diff --unified=0 HEAD~1 -- exported ':!exported/imports.tf'")
	if err != nil {
		t.Fatal(err)
	}
	var changed []string
	for line := range strings.SplitSeq(diff, "\n") {
		if strings.HasPrefix(line, "+ ") {
			changed = append(changed, strings.Join(strings.Fields(line[1:]), " "))
		}
	}
	want := []string{
		`post_logout_redirect_uris = ["https://shop.example.com"]`,
		`redirect_uris = ["https://shop.example.com/callback"]`,
		`host = "smtp.example.com"`,
		`mfa = { factors = ["BackupCode", "Totp"], policy = "Mandatory" }`,
	}
	if d := cmp.Diff(want, changed); d != "" {
		t.Errorf("what differs between the tenants (-want +got):\n%s\n%s", d, diff)
	}
}

// The commands of the workflow are run, job by job, for one of the recipes.
func TestAccGuideCI(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	plan, apply, found := strings.Cut(read(t, root+filepath.FromSlash("examples/ci/github-actions.yml")), "\n  apply:\n")
	if !found {
		t.Fatal("the workflow has no job apply")
	}
	commands := "terraform init\nexport GITHUB_STEP_SUMMARY=summary.md TF_VAR_smtp_password=secret\n" // and the lock file is committed
	for _, job := range []string{strings.Split(plan, "\n      - name: Fail when")[0], apply} {
		for _, m := range regexp.MustCompile(`(?m)^      - run: (.*)$`).FindAllStringSubmatch(job, -1) {
			commands += m[1] + "\n"
		}
	}
	sh, err := openSandbox(t).Shell(acctest.StartMemory(t).Server, os.DirFS(root+filepath.FromSlash("examples/recipes/passwordless-email")))
	if err != nil {
		t.Fatal(err)
	}
	out, err := sh.Run(t.Context(), commands+"cat summary.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 passed, 0 failed", "Plan: 2 to add", "Apply complete!", "No changes."} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
}

// The links of a role change hands as the guide says, from the set to single resources and back, and Logto gets no write.
func TestAccGuideLinks(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.8.0", "1.10.0") {
		t.Skip("a removed block that keeps the object needs OpenTofu 1.10")
	}
	removed := regexp.MustCompile("(?s)```terraform\n(removed .*?)```").FindStringSubmatch(read(t, root+filepath.FromSlash("templates/guides/links.md.tmpl")))
	if removed == nil {
		t.Fatal("the guide has no removed block")
	}
	const role = withProvider + `
resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://orders.example.com"
  scopes    = { "read:orders" = {} }
}

resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees orders"
  scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]
}
`
	single := regexp.MustCompile(` {2}scope_ids .*\n`).ReplaceAllString(role, "") + `
resource "logto_role_scope" "read" {
  role_id  = logto_role.clerk.id
  scope_id = logto_api_resource.orders.scopes["read:orders"].id
}
`
	target := acctest.StartMemory(t)
	f := newFolder(t, target, map[string]string{"main.tf": role}, nil)
	f.apply(t)
	target.Reset()
	f.write(t, "main.tf", single)
	if out := f.run(t, "apply", "-auto-approve"); !strings.Contains(out, "Left out, and so no longer managed") {
		t.Errorf("no warning of what is no longer managed:\n%s", out)
	}
	f.apply(t)
	f.write(t, "main.tf", role+removed[1])
	f.apply(t)
	f.write(t, "main.tf", role)
	f.apply(t)
	for _, write := range target.Writes() {
		if !strings.HasPrefix(write, "POST /api/roles/") || !strings.HasSuffix(write, "/scopes") { // which Logto refuses, because the link exists
			t.Errorf("Logto got %s", write)
		}
	}
}
