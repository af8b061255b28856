// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// pages writes a zip file with sign-in pages, and returns its path.
func pages(t *testing.T, name, text string) string {
	t.Helper()
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	index, err := archive.Create("index.html")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := index.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(path)
}

func uploaded(source, hash string) string {
	return fmt.Sprintf(`
resource "logto_custom_ui_assets" "test" {
  source      = %q
  source_hash = %s
}
resource "logto_sign_in_experience" "test" {
  custom_ui_assets = {
    id         = logto_custom_ui_assets.test.id
    created_at = logto_custom_ui_assets.test.created_at
  }
}
`, source, hash)
}

// Another hash uploads the file and puts it into use, another path does not, and an import
// takes over what is in use.
func TestAccCustomUIAssets(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	fakelogto.HaveStorage(target.Server)
	first, second := pages(t, "first.zip", "<p>Hello"), pages(t, "second.zip", "<p>Hello again")
	const address = "logto_custom_ui_assets.test"
	var id, before string
	inUse := func(s *terraform.State) error {
		before, id = id, s.RootModule().Resources[address].Primary.ID
		_, answer := target.Do(t, http.MethodGet, "/api/sign-in-exp", nil)
		assets, _ := answer.(map[string]any)["customUiAssets"].(map[string]any)
		if id == "" || assets["id"] != id || assets["createdAt"] == 0.0 {
			return fmt.Errorf("the pages %q are uploaded, and %v are in use", id, assets)
		}
		return nil
	}
	uploads := func(want int) error {
		n := 0
		for _, call := range target.Writes() {
			if strings.HasPrefix(call, "POST ") {
				n++
			}
		}
		if n != want {
			return fmt.Errorf("%d uploads: %q", n, target.Writes())
		}
		return nil
	}
	step := func(config string, action plancheck.ResourceActionType, uploaded int) resource.TestStep {
		return resource.TestStep{PreConfig: target.Reset, Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}},
			Check: func(s *terraform.State) error {
				if err := inUse(s); err != nil {
					return err
				}
				if replaced := id != before; replaced != (uploaded > 0) {
					return fmt.Errorf("the pages were %q and are %q", before, id)
				}
				return uploads(uploaded)
			}}
	}
	byHash := func(path string) string { return uploaded(path, fmt.Sprintf("filesha256(%q)", path)) }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(byHash(first), plancheck.ResourceActionCreate, 1),
		step(byHash(first), plancheck.ResourceActionNoop, 0),
		step(uploaded(second, fmt.Sprintf("filesha256(%q)", first)), plancheck.ResourceActionUpdate, 0),
		step(byHash(second), plancheck.ResourceActionDestroyBeforeCreate, 1),
		{Config: byHash(second), ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"source", "source_hash"}},
		{Config: byHash(second), ResourceName: address, ImportState: true, ImportStateId: "gone", ExpectError: regexp.MustCompile(`[Cc]annot import non-existent`)},
		{Config: `
removed {
  from = logto_custom_ui_assets.test
  lifecycle {
    destroy = false
  }
}
removed {
  from = logto_sign_in_experience.test
  lifecycle {
    destroy = false
  }
}`},
		{ // the configuration takes over what is in use, and uploads nothing
			PreConfig: target.Reset,
			Config: byHash(second) + `
data "logto_sign_in_experience" "now" {}
import {
  to = logto_custom_ui_assets.test
  id = data.logto_sign_in_experience.now.custom_ui_assets.id
}`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)}},
			Check:            resource.ComposeTestCheckFunc(inUse, func(*terraform.State) error { return uploads(0) }),
		},
	}})
}

func TestAccCustomUIAssets_invalid(t *testing.T) {
	t.Parallel()
	without, with := acctest.StartMemory(t), acctest.StartMemory(t)
	fakelogto.HaveStorage(with.Server)
	config := func(path string) string {
		return fmt.Sprintf("resource \"logto_custom_ui_assets\" \"test\" {\n  source = %q\n  source_hash = \"1\"\n}", path)
	}
	noZip, large := filepath.Join(t.TempDir(), "pages.txt"), filepath.Join(t.TempDir(), "large.zip")
	for name, content := range map[string][]byte{noZip: []byte("no zip"), large: make([]byte, 20<<20+1)} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	without.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(pages(t, "pages.zip", "<p>")), ExpectError: regexp.MustCompile(`no\s+storage\s+for\s+sign-in\s+pages`)},
	}})
	with.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("missing.zip"), ExpectError: regexp.MustCompile(`(?s)source = .*missing\.zip: no such file`)},
		{Config: config(filepath.ToSlash(noZip)), ExpectError: regexp.MustCompile(`(?s)source = .*storage\.upload_error.*zip: not a valid zip file`)},
		{Config: config(filepath.ToSlash(large)), ExpectError: regexp.MustCompile(`(?s)source = .*larger\s+than\s+20\s+MB`)},
	}})
}

// An upload is tried again when the service is not there for a moment.
func TestAccCustomUIAssets_faults(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	fakelogto.HaveStorage(target.Server)
	path := pages(t, "pages.zip", "<p>")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		PreConfig: func() {
			target.Reset()
			target.Server.Inject(fakelogto.Fault{Method: http.MethodPost, Path: "/api/sign-in-exp/default/custom-ui-assets", Status: http.StatusServiceUnavailable, Times: 1})
		},
		Config: uploaded(path, `"1"`),
	}}})
}
