// SPDX-License-Identifier: MPL-2.0

// Command sweep makes every API call of every type's life fail alone, in each way,
// against the in-memory Logto, and prints a table of what that left behind. It runs the
// tests of faults, which keep their results in a folder: a sweep that was stopped goes on
// where it was, unless the code has changed since.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

func main() {
	dir := flag.String("dir", ".sweep", "folder of what was done")
	fresh := flag.Bool("fresh", false, "forget what was done before")
	areas := flag.String("areas", "", "areas to sweep, as role,user; all when empty")
	samples := flag.String("samples", "", "only write the samples of the sweep before for the fuzzing to this file")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work := func() error { return sweep(ctx, *dir, *fresh, *areas) }
	if *samples != "" {
		work = func() error { return writeSamples(*dir, *samples) }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func sweep(ctx context.Context, dir string, fresh bool, areas string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("find %s: %w", dir, err)
	}
	if err := prepare(dir, fresh); err != nil {
		return err
	}
	packages, err := filepath.Glob("internal/service/*")
	if err != nil || len(packages) == 0 {
		return errors.Join(errors.New("run this in the root of the repository"), err)
	}
	failed := false
	for _, p := range packages {
		if areas != "" && !slices.Contains(strings.Split(areas, ","), filepath.Base(p)) {
			continue
		}
		test := exec.CommandContext(ctx, "go", "test", "-vet=off", "-count=1", "-timeout=0", "-parallel=2", "-run=[Ff]aults", "./"+filepath.ToSlash(p))
		test.Cancel = func() error { return test.Process.Signal(os.Interrupt) }
		test.Env = append(os.Environ(), tally.Variable+"="+dir)
		test.Stdout, test.Stderr = os.Stdout, os.Stderr
		if err := test.Run(); err != nil {
			failed = true
		}
		if ctx.Err() != nil {
			return errors.New("stopped; the next sweep goes on here")
		}
	}
	return report(ctx, dir, failed, areas == "")
}

// prepare makes the folder, and empties it where it is of other code.
func prepare(dir string, fresh bool) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	sum, err := source()
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "source")
	if was, err := os.ReadFile(file); err == nil && string(was) == sum && !fresh {
		return nil
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return fmt.Errorf("list the folder: %w", err)
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("empty the folder: %w", err)
		}
	}
	if err := os.WriteFile(file, []byte(sum), 0o600); err != nil {
		return fmt.Errorf("write to the folder: %w", err)
	}
	return nil
}

// source is a checksum of the Go code, by which results of other code are known.
func source() (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir("internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		content, err := os.ReadFile(path)
		if err == nil {
			fmt.Fprintf(sum, "%s %d\n", path, len(content))
			_, err = sum.Write(content)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the code: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// report prints the table. It is an error when something was found, or when a type of
// a whole sweep is missing.
func report(ctx context.Context, dir string, failed, whole bool) error {
	all, err := tally.All(dir)
	if err != nil {
		return err
	}
	if err := tally.Print(os.Stdout, all); err != nil {
		return err
	}
	found := 0
	swept := map[string]bool{}
	for _, t := range all {
		found += t.Found()
		swept[t.Type] = true
	}
	var missing []string
	for _, name := range typeNames(ctx) {
		if !swept[name] {
			missing = append(missing, name)
		}
	}
	switch {
	case found > 0:
		return fmt.Errorf("%d things were found that must not be", found)
	case failed:
		return errors.New("a test failed")
	case whole && len(missing) > 0:
		return fmt.Errorf("no life was lived of %s", strings.Join(missing, ", "))
	}
	return nil
}

// writeSamples writes what the fuzzing of types begins with.
func writeSamples(dir, file string) error {
	samples, err := tally.Samples(dir)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(samples, "", " ")
	if err != nil {
		return fmt.Errorf("write the samples: %w", err)
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the samples: %w", err)
	}
	return nil
}

// typeNames are the types of resources that the provider has.
func typeNames(ctx context.Context) (names []string) {
	for _, made := range provider.New("sweep")().Resources(ctx) {
		var meta resource.MetadataResponse
		made().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "logto"}, &meta)
		names = append(names, meta.TypeName)
	}
	slices.Sort(names)
	return names
}
