// SPDX-License-Identifier: MPL-2.0

// Package tally keeps what the sweep of failing calls found, a file for each
// lifecycle, so that a sweep that was stopped goes on where it was.
package tally

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Variable is the environment variable that names the folder of the files and
// makes the tests of faults sweep.
const Variable = "LOGTO_SWEEP"

// NotSwept are types that have no life to sweep, and why.
var NotSwept = map[string]string{
	"logto_custom_ui_assets": "an upload is only created: Logto has no call that reads, imports or deletes it, and its own tests let the upload fail",
}

// Tally is what was counted for one lifecycle.
type Tally struct {
	// Test is the name of the test that has the lifecycle, Type its Terraform type.
	Test, Type string
	// Calls are the API calls of an undisturbed life, each of which was made to
	// fail in every way.
	Calls int
	// Lives is how many lives had a call that failed.
	Lives int
	// Errors are failures of a moment that became an error of Terraform.
	Errors int
	// Stuck are errors of the healthy run after one that ended in an error.
	Stuck int
	// Orphans are lives that left something behind, Duplicates are lives with more
	// objects than the configuration has, Lost are lives with fewer.
	Orphans, Duplicates, Lost int
	// NotEmpty are lives with a plan that is not empty after an apply.
	NotEmpty int
	// Lies are lives whose state differs from what the API has, or from the plan.
	Lies int
	// Problems say what was found, a line each.
	Problems []string
	Took     time.Duration
	// Sample is the resource at its fullest, for the fuzzing of its type.
	Sample Sample
}

// Sample is a resource as the tests have it.
type Sample struct {
	ImportID string
	// Config and State are Terraform's values as JSON.
	Config, State json.RawMessage
	// Answers are what the API answers to the calls of an import, by path.
	Answers map[string]json.RawMessage
}

// Found is how many things were found that must not be.
func (t *Tally) Found() int {
	return t.Errors + t.Stuck + t.Orphans + t.Duplicates + t.Lost + t.NotEmpty + t.Lies
}

func (t *Tally) add(o Tally) {
	t.Calls += o.Calls
	t.Lives += o.Lives
	t.Errors += o.Errors
	t.Stuck += o.Stuck
	t.Orphans += o.Orphans
	t.Duplicates += o.Duplicates
	t.Lost += o.Lost
	t.NotEmpty += o.NotEmpty
	t.Lies += o.Lies
	t.Problems = append(t.Problems, o.Problems...)
	t.Took += o.Took
}

// fileOf is the file of a test in a folder.
func fileOf(dir, test string) string {
	return filepath.Join(dir, strings.NewReplacer("/", "+", " ", "_").Replace(test)+".json")
}

// Done is the tally of a lifecycle that was swept before, nil when it was not.
func Done(dir, test string) (*Tally, error) {
	data, err := os.ReadFile(fileOf(dir, test))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the tally of %s: %w", test, err)
	}
	var t Tally
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("read the tally of %s: %w", test, err)
	}
	return &t, nil
}

// Save writes the tally of a lifecycle that was swept whole.
func (t *Tally) Save(dir string) error {
	data, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("write the tally of %s: %w", t.Test, err)
	}
	// Renaming replaces the file at once: what is there was swept whole.
	file := fileOf(dir, t.Test)
	if err := os.WriteFile(file+".new", data, 0o600); err != nil {
		return fmt.Errorf("write the tally of %s: %w", t.Test, err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		return fmt.Errorf("write the tally of %s: %w", t.Test, err)
	}
	return nil
}

// readAll reads what is in the files of a folder.
func readAll[T any](dir string) (all []T, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list the results in %s: %w", dir, err)
	}
	for _, file := range files {
		var one T
		data, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(data, &one)
		}
		if err != nil {
			return nil, fmt.Errorf("read the results in %s: %w", file, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// All are the tallies in a folder, one for each type, by type.
func All(dir string) ([]Tally, error) {
	tallies, err := readAll[Tally](dir)
	if err != nil {
		return nil, err
	}
	byType := map[string]*Tally{}
	for _, t := range tallies {
		if byType[t.Type] == nil {
			byType[t.Type] = &Tally{Type: t.Type}
		}
		byType[t.Type].add(t)
	}
	var all []Tally
	for _, t := range byType {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Tally) int { return strings.Compare(a.Type, b.Type) })
	return all, nil
}

// Samples are the samples in a folder, one for each type.
func Samples(dir string) (map[string]Sample, error) {
	tallies, err := readAll[Tally](dir)
	if err != nil {
		return nil, err
	}
	samples := map[string]Sample{}
	for _, t := range tallies {
		if len(t.Sample.Config) > len(samples[t.Type].Config) { // the one that says most
			samples[t.Type] = t.Sample
		}
	}
	return samples, nil
}

// Print writes the table of tallies, with their sum and the problems below it.
func Print(w io.Writer, all []Tally) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "type\tcalls failed\tlives\terrors\tstuck\torphans\tduplicates\tlost\tplan not empty\tstate lies\tseconds\t")
	sum := Tally{Type: "all types"}
	row := func(t Tally) {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.0f\t\n",
			t.Type, t.Calls, t.Lives, t.Errors, t.Stuck, t.Orphans, t.Duplicates, t.Lost, t.NotEmpty, t.Lies, t.Took.Seconds())
	}
	for _, t := range all {
		row(t)
		sum.add(t)
	}
	row(sum)
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	for _, p := range sum.Problems {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return fmt.Errorf("print the problems: %w", err)
		}
	}
	return nil
}
