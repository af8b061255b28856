// SPDX-License-Identifier: MPL-2.0

//go:build unix

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// ApplyAndKill applies, and kills Terraform and the provider without a warning (SIGKILL)
// when that time is over since the first object was begun. It reports how long they were
// at work since then, and whether they were killed.
func (w *Workspace) ApplyAndKill(ctx context.Context, after time.Duration) (worked time.Duration, killed bool, err error) {
	cmd := exec.CommandContext(ctx, w.tf.ExecPath(), "apply", "-auto-approve", "-input=false", "-no-color")
	cmd.Dir = w.tf.WorkingDir()
	for _, name := range slices.Sorted(maps.Keys(w.env)) {
		cmd.Env = append(cmd.Env, name+"="+w.env[name])
	}
	w.out.Reset()
	begun := &firstOf{out: &w.out, text: []byte("Creating..."), seen: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = begun, begun
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the provider is in the group of its CLI
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return 0, false, fmt.Errorf("start the apply: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var over <-chan time.Time
	var started time.Time
	for seen := begun.seen; ; {
		select {
		case <-seen:
			started, over, seen = time.Now(), time.After(after), nil
		case err := <-done:
			if err != nil {
				return 0, false, fmt.Errorf("apply failed: %w", err)
			}
			return time.Since(started), false, nil
		case <-over:
			err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			ended := <-done
			if err != nil && !errors.Is(err, syscall.ESRCH) {
				return 0, true, fmt.Errorf("kill the apply: %w", errors.Join(err, ended))
			}
			return time.Since(started), true, nil
		}
	}
}

// firstOf closes seen when a text was written for the first time.
type firstOf struct {
	out  *bytes.Buffer
	text []byte
	seen chan struct{}
	done bool
}

// Write implements io.Writer.
func (f *firstOf) Write(p []byte) (int, error) {
	n, err := f.out.Write(p)
	if !f.done && bytes.Contains(f.out.Bytes(), f.text) {
		f.done = true
		close(f.seen)
	}
	return n, err
}
