// SPDX-License-Identifier: MPL-2.0

// Package sandbox runs the real Terraform or OpenTofu with this provider, built
// from source, against a Logto in memory. All that it writes is in a temporary
// directory. The demo and the benchmark share it.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// providerVersion is what the provider under test is installed as.
const providerVersion = "0.0.1"

// Sandbox is the provider built from this checkout, installed where its CLI finds it.
type Sandbox struct {
	// CLI is the Terraform or OpenTofu in use.
	CLI *CLI
	// Root is the directory of the provider's module, and Binary the provider.
	Root, Binary string

	dir string
	env map[string]string
}

// Open builds the provider and makes it known to a CLI: to the one at
// cliPath, or the one that [FindCLI] chooses when that is empty. Close removes
// everything again.
func Open(ctx context.Context, cliPath string) (*Sandbox, error) {
	dir, err := os.MkdirTemp("", "terraform-provider-logto-")
	if err != nil {
		return nil, err
	}
	s := &Sandbox{dir: dir}
	if err := s.prepare(ctx, cliPath); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close removes the temporary directory.
func (s *Sandbox) Close() error { return os.RemoveAll(s.dir) }

func (s *Sandbox) prepare(ctx context.Context, cliPath string) (err error) {
	if s.Root, err = moduleRoot(ctx); err != nil {
		return err
	}
	if s.CLI, err = FindCLI(ctx, cliPath, s.dir); err != nil {
		return err
	}
	// A mirror and not dev_overrides, so that init works as it does for users.
	mirror := filepath.Join(s.dir, "mirror")
	if err := s.build(ctx, mirror); err != nil {
		return err
	}
	config := filepath.Join(s.dir, "cli.tfrc")
	content := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror))
	if err := os.WriteFile(config, []byte(content), 0o600); err != nil {
		return err
	}
	s.env = environment(os.Environ())
	s.env["TF_CLI_CONFIG_FILE"] = config
	s.env["CHECKPOINT_DISABLE"] = "1"
	return nil
}

func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	mod := strings.TrimSpace(string(out))
	if filepath.Base(mod) != "go.mod" {
		return "", errors.New("run this inside a checkout of the provider: no go.mod was found")
	}
	return filepath.Dir(mod), nil
}

// build puts the provider where a CLI looks for it in a mirror.
func (s *Sandbox) build(ctx context.Context, mirror string) error {
	platform := runtime.GOOS + "_" + runtime.GOARCH
	name := "terraform-provider-logto_v" + providerVersion
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	s.Binary = filepath.Join(mirror, s.CLI.registry(), "logto-community", "logto", providerVersion, platform, name)
	// Small as a release, because a CLI checks its sum at every command. A copy without git has no version to stamp.
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", s.Binary, ".")
	cmd.Dir = s.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the provider does not build: %w\n%s", err, out)
	}
	return nil
}

// environment is the one given without what would lead the CLI or the provider elsewhere.
func environment(pairs []string) map[string]string {
	env := map[string]string{}
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	maps.DeleteFunc(env, func(name, _ string) bool {
		return strings.HasPrefix(name, "TF_") || strings.HasPrefix(name, "TOFU_") || strings.HasPrefix(name, "LOGTO_")
	})
	return env
}
