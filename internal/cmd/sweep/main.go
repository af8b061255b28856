// SPDX-License-Identifier: MPL-2.0

// Command sweep looks for what goes wrong in ways that nobody thought of, and prints a
// table of what it found:
//
//	faults  every API call of every type's life fails alone, in each way, against the
//	        in-memory Logto. It runs the tests of faults, which keep their results in a
//	        folder: a sweep that was stopped goes on where it was, unless the code has
//	        changed since.
//	random  every type lives lives with random configurations.
//	killed  Terraform and the provider are killed at a random moment of an apply, and
//	        apply again.
//	beside  two configurations that share parents and singletons are applied at once.
//
// All but the first can run against the Logto that the environment names.
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
	"math/rand/v2"
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

// options are those of the command line.
type options struct {
	mode, dir, areas, samples string
	fresh                     bool
	seed                      uint64
	rounds, objects           int
}

func main() {
	var o options
	flag.StringVar(&o.mode, "mode", "faults", "what to do: faults, random, killed or beside")
	flag.StringVar(&o.dir, "dir", ".sweep", "folder of what was done")
	flag.BoolVar(&o.fresh, "fresh", false, "forget what was done before")
	flag.StringVar(&o.areas, "areas", "", "areas to sweep, as role,user; all when empty")
	flag.StringVar(&o.samples, "samples", "", "only write the samples of the sweep before for the fuzzing to this file")
	flag.Uint64Var(&o.seed, "seed", 0, "seed of what is random; a new one when 0")
	flag.IntVar(&o.rounds, "rounds", 0, "how many lives of each type or rounds; 0 for 100, or 50 beside")
	flag.IntVar(&o.objects, "objects", 100, "how many objects a killed apply has")
	flag.Parse()
	for o.seed == 0 {
		o.seed = uint64(rand.Uint32())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (o options) run(ctx context.Context) error {
	switch {
	case o.samples != "":
		return writeSamples(o.dir, o.samples)
	case o.mode == "faults":
		return sweep(ctx, o.dir, o.fresh, o.areas)
	case o.mode == "random":
		return o.random(ctx)
	case o.mode == "killed":
		return o.killed(ctx)
	case o.mode == "beside":
		return o.beside(ctx)
	}
	return fmt.Errorf("there is no mode %q", o.mode)
}

func sweep(ctx context.Context, dir string, fresh bool, areas string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("find %s: %w", dir, err)
	}
	if err := prepare(dir, fresh); err != nil {
		return err
	}
	failed, err := runTests(ctx, areas, tally.Variable+"="+dir)
	if err != nil {
		return err
	}
	return report(ctx, dir, failed, areas == "")
}

// runTests runs the tests of faults of the areas, with a variable that says what they do
// instead, and reports whether one failed.
func runTests(ctx context.Context, areas, variable string) (failed bool, err error) {
	packages, err := filepath.Glob("internal/service/*")
	if err != nil || len(packages) == 0 {
		return false, errors.Join(errors.New("run this in the root of the repository"), err)
	}
	for _, p := range packages {
		if areas != "" && !slices.Contains(strings.Split(areas, ","), filepath.Base(p)) {
			continue
		}
		test := exec.CommandContext(ctx, "go", "test", "-vet=off", "-count=1", "-timeout=0", "-parallel=2", "-run=[Ff]aults", "./"+filepath.ToSlash(p))
		test.Cancel = func() error { return test.Process.Signal(os.Interrupt) }
		test.Env = append(os.Environ(), variable)
		test.Stdout, test.Stderr = os.Stdout, os.Stderr
		if err := test.Run(); err != nil {
			failed = true
		}
		if ctx.Err() != nil {
			return failed, errors.New("stopped; the next sweep goes on here")
		}
	}
	return failed, nil
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
		if !swept[name] && tally.NotSwept[name] == "" {
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
