// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// The test runs itself as a process that asks itself to end.
func TestOutliveTermination(t *testing.T) {
	const role = "LOGTO_TEST_OUTLIVE"
	if os.Getenv(role) != "" {
		outliveTermination()
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(syscall.SIGTERM)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that asks a process to end")
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOutliveTermination$")
	child.Env = append(os.Environ(), role+"=1")
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// The help of the binary leads to the command that users start themselves. The test runs itself as that binary.
func TestUsageNamesExport(t *testing.T) {
	const role = "LOGTO_TEST_USAGE"
	if os.Getenv(role) != "" {
		os.Args = []string{"terraform-provider-logto", "-h"}
		main()
		return
	}
	t.Parallel()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestUsageNamesExport$")
	child.Env = append(os.Environ(), role+"=1")
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "export -h") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAsksForLogs(t *testing.T) {
	t.Parallel()
	for variable, want := range map[string]bool{
		"TF_LOG=debug": true, "TF_LOG_PROVIDER=TRACE": true, "TF_LOG_SDK_PROTO=trace": true,
		"TF_LOG=": false, "TF_LOG": false, "TF_DATA_DIR=x": false, "OTHER=TF_LOG=debug": false,
	} {
		if got := asksForLogs(variable); got != want {
			t.Errorf("%s: %v", variable, got)
		}
	}
}

// The modules agree on the version of Go, and the workflows take it from there.
func TestOneVersionOfGo(t *testing.T) {
	t.Parallel()
	version := regexp.MustCompile(`(?m)^go (\S+)\n\ntoolchain (\S+)$`)
	lines := map[string]string{}
	for _, file := range []string{"go.mod", "internal/tools/go.mod", "internal/tools/release/go.mod"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines[string(version.Find(b))] = file
	}
	if len(lines) != 1 || lines[""] != "" {
		t.Errorf("go and toolchain lines, and a file with each: %q", lines)
	}
	workflows, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal(workflows, err)
	}
	for _, file := range workflows {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if setups := strings.Count(text, "actions/setup-go@"); setups != strings.Count(text, "go-version-file: go.mod") {
			t.Errorf("%s sets up a Go that go.mod does not name", file)
		}
	}
}
