// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// CLI is an executable of Terraform or OpenTofu.
type CLI struct {
	Path    string
	Product string // Terraform or OpenTofu
	Version string // as 1.11.4
	Origin  string // how it came here, for people
}

// String is the product with its version.
func (c *CLI) String() string { return c.Product + " " + c.Version }

// registry is where the CLI thinks that a provider without a host comes from.
func (c *CLI) registry() string {
	if c.Product == "OpenTofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

// FindCLI returns the CLI at path. When path is empty it is the terraform on
// PATH, else the tofu there, else the newest Terraform, installed into dir.
func FindCLI(ctx context.Context, path, dir string) (*CLI, error) {
	if path != "" {
		return identify(ctx, path, "as told")
	}
	for _, name := range []string{"terraform", "tofu"} {
		if found, err := exec.LookPath(name); err == nil {
			return identify(ctx, found, "from PATH")
		}
	}
	install := releases.LatestVersion{Product: product.Terraform, InstallDir: dir}
	installed, err := install.Install(ctx)
	if err != nil {
		return nil, fmt.Errorf("neither terraform nor tofu is on PATH, and Terraform cannot be installed: %w", err)
	}
	return identify(ctx, installed, "installed for this run")
}

// identify asks a CLI what it is.
func identify(ctx context.Context, path, origin string) (*CLI, error) {
	path, err := filepath.Abs(path) // it runs in other directories
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = append(cmd.Environ(), "CHECKPOINT_DISABLE=1")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s version: %w", path, err)
	}
	return parseVersion(string(out), path, origin)
}

// parseVersion finds the line such as "OpenTofu v1.10.0", before which there may be warnings.
func parseVersion(answer, path, origin string) (*CLI, error) {
	for line := range strings.Lines(answer) {
		name, version, found := strings.Cut(strings.TrimSpace(line), " v")
		if found && (name == "Terraform" || name == "OpenTofu") {
			return &CLI{Path: path, Product: name, Version: version, Origin: origin}, nil
		}
	}
	return nil, fmt.Errorf("%s is neither Terraform nor OpenTofu; asked for its version it says: %s", path, answer)
}
