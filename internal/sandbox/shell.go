// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// Shell is a directory in which commands are run as a guide shows them: terraform is the
// CLI, be it OpenTofu, and terraform-provider-logto the provider.
type Shell struct {
	// Dir is the directory.
	Dir string
	env map[string]string
}

// Shell returns a directory with those files. Its provider talks to the server.
func (s *Sandbox) Shell(server *fakelogto.Server, files fs.FS) (*Shell, error) {
	dir, err := os.MkdirTemp(s.dir, "shell-")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, files); err != nil {
		return nil, err
	}
	bin := filepath.Join(s.dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return nil, err
	}
	for name, to := range map[string]string{"terraform": s.CLI.Path, "terraform-provider-logto": s.Binary} {
		if err := os.Symlink(to, filepath.Join(bin, name)); err != nil && !os.IsExist(err) {
			return nil, err
		}
	}
	sh := &Shell{Dir: dir, env: maps.Clone(s.env)}
	sh.env["PATH"] = bin + string(os.PathListSeparator) + s.env["PATH"]
	sh.env["TF_INPUT"] = "0"
	sh.TalkTo(server)
	return sh, nil
}

// TalkTo has what follows talk to another server.
func (sh *Shell) TalkTo(server *fakelogto.Server) {
	sh.env["LOGTO_ENDPOINT"], sh.env["LOGTO_APP_ID"], sh.env["LOGTO_APP_SECRET"] = server.URL, fakelogto.AppID, fakelogto.AppSecret
}

// Run runs commands until one fails, and returns what they print.
func (sh *Shell) Run(ctx context.Context, commands string) (string, error) {
	cmd := exec.CommandContext(ctx, "sh", "-e", "-c", commands)
	cmd.Dir = sh.Dir
	for _, name := range slices.Sorted(maps.Keys(sh.env)) {
		cmd.Env = append(cmd.Env, name+"="+sh.env[name])
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s\n%s", err, commands, out)
	}
	return string(out), err
}
