// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// commandsOf are the commands of a guide in their order, block by block. The environment
// of a block that sets LOGTO_ENDPOINT is another tenant's.
func commandsOf(t *testing.T, guide string) []string {
	t.Helper()
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```shell\n(.*?)```").FindAllStringSubmatch(read(t, root+filepath.FromSlash("templates/guides/"+guide+".md.tmpl")), -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("%s has no commands", guide)
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

func openSandbox(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
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
	for _, name := range []string{"development", "production"} {
		sh.TalkTo(tenants[name].Server)
		out, err := sh.Run(t.Context(), "cd "+name+`
			export TF_VAR_smtp_password=secret
			terraform init
			terraform apply -auto-approve
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
