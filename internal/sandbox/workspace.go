// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// planFile is the saved plan, in the workspace's directory.
const planFile = "saved.tfplan"

// Workspace is a directory with a configuration and its state.
type Workspace struct {
	tf  *tfexec.Terraform
	env map[string]string
	out bytes.Buffer // what the last command printed
	// Echo, if not nil, is written what the commands print as well.
	Echo io.Writer
}

// Workspace returns a directory of its own with the files of a configuration,
// initialised. Its provider talks to server, if there is one.
func (s *Sandbox) Workspace(ctx context.Context, server *fakelogto.Server, files fs.FS) (*Workspace, error) {
	dir, err := os.MkdirTemp(s.dir, "workspace-")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, files); err != nil {
		return nil, err
	}
	tf, err := tfexec.NewTerraform(dir, s.CLI.Path)
	if err != nil {
		return nil, err
	}
	env := maps.Clone(s.env)
	if server != nil {
		env["LOGTO_ENDPOINT"], env["LOGTO_APP_ID"], env["LOGTO_APP_SECRET"] = server.URL, fakelogto.AppID, fakelogto.AppSecret
	}
	if err := tf.SetEnv(env); err != nil {
		return nil, err
	}
	w := &Workspace{tf: tf, env: env}
	// The version decides about options. Asked now, it costs no command anything later.
	if _, _, err := tf.Version(ctx, false); err != nil {
		return nil, err
	}
	return w, w.run("init", func() error { return tf.Init(ctx) })
}

// Dir is the directory of the workspace.
func (w *Workspace) Dir() string { return w.tf.WorkingDir() }

// Write replaces a file of the configuration.
func (w *Workspace) Write(name, content string) error {
	return os.WriteFile(filepath.Join(w.tf.WorkingDir(), name), []byte(content), 0o600)
}

// Edit replaces what an expression matches in a file of the configuration.
func (w *Workspace) Edit(name string, old *regexp.Regexp, replacement string) error {
	content, err := os.ReadFile(filepath.Join(w.tf.WorkingDir(), name))
	if err != nil {
		return err
	}
	return w.Write(name, old.ReplaceAllString(string(content), replacement))
}

// Trace has the CLI and its providers log all that they can into a file, from the
// next command on.
func (w *Workspace) Trace(file string) error { return w.tf.SetLogPath(file) }

// State is what the state has, sensitive values included.
func (w *Workspace) State(ctx context.Context) (*tfjson.State, error) {
	w.tf.SetStdout(io.Discard)
	return w.tf.Show(ctx)
}

// Plan saves a plan and reports whether it changes anything.
func (w *Workspace) Plan(ctx context.Context, options ...tfexec.PlanOption) (changes bool, err error) {
	err = w.run("plan", func() (err error) {
		changes, err = w.tf.Plan(ctx, append(options, tfexec.Out(planFile))...)
		return err
	})
	return changes, err
}

// Warnings plans without saving it, and returns what the plan warns of. What a CLI prints
// for people has only the first of several warnings of one kind.
func (w *Workspace) Warnings(ctx context.Context, options ...tfexec.PlanOption) (warnings []string, err error) {
	w.out.Reset()
	_, err = w.tf.PlanJSON(ctx, &w.out, options...)
	if err != nil {
		return nil, fmt.Errorf("plan failed: %w", err)
	}
	for line := range bytes.Lines(w.out.Bytes()) {
		var message struct {
			Diagnostic *tfjson.Diagnostic `json:"diagnostic"`
		}
		if json.Unmarshal(line, &message) == nil && message.Diagnostic != nil && message.Diagnostic.Severity == tfjson.DiagnosticSeverityWarning {
			warnings = append(warnings, message.Diagnostic.Summary+": "+message.Diagnostic.Detail)
		}
	}
	return warnings, nil
}

// Planned is the plan that was saved last.
func (w *Workspace) Planned(ctx context.Context) (*tfjson.Plan, error) {
	w.tf.SetStdout(io.Discard)
	return w.tf.ShowPlanFile(ctx, planFile)
}

// Apply plans and applies, without asking.
func (w *Workspace) Apply(ctx context.Context) error {
	return w.run("apply", func() error { return w.tf.Apply(ctx) })
}

// ApplyPlanned applies the plan that was saved last.
func (w *Workspace) ApplyPlanned(ctx context.Context) error {
	return w.run("apply", func() error { return w.tf.Apply(ctx, tfexec.DirOrPlan(planFile)) })
}

// Destroy removes everything, without asking.
func (w *Workspace) Destroy(ctx context.Context) error {
	return w.run("destroy", func() error { return w.tf.Destroy(ctx) })
}

// Outputs are the outputs in the state, sensitive ones included.
func (w *Workspace) Outputs(ctx context.Context) (map[string]tfexec.OutputMeta, error) {
	w.tf.SetStdout(io.Discard)
	return w.tf.Output(ctx)
}

// Printed is what the last command wrote for people.
func (w *Workspace) Printed() string { return w.out.String() }

func (w *Workspace) run(name string, command func() error) error {
	w.out.Reset()
	w.tf.SetStdout(&w.out)
	if w.Echo != nil {
		w.tf.SetStdout(io.MultiWriter(&w.out, w.Echo))
	}
	if err := command(); err != nil {
		return fmt.Errorf("%s failed: %w", name, err)
	}
	return nil
}
