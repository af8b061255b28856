// SPDX-License-Identifier: MPL-2.0

package tally

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// RandomVariable is the environment variable that makes the tests of faults live random
// lives instead: a seed, the lives of each test and a folder for the results, as
// "42,100,/tmp/random".
const RandomVariable = "LOGTO_RANDOM"

// RandomOptions are what RandomVariable says.
type RandomOptions struct {
	Seed   uint64
	Rounds int
	Dir    string
}

// String is the value of the environment variable.
func (o RandomOptions) String() string { return fmt.Sprintf("%d,%d,%s", o.Seed, o.Rounds, o.Dir) }

// ParseRandom reads what [RandomOptions.String] writes.
func ParseRandom(text string) (o RandomOptions, err error) {
	if _, err := fmt.Sscanf(text, "%d,%d,%s", &o.Seed, &o.Rounds, &o.Dir); err != nil {
		return o, fmt.Errorf("%s is a seed, a number of lives and a folder, and not %q: %w", RandomVariable, text, err)
	}
	return o, nil
}

// Lives is what was counted in the random lives of one test.
type Lives struct {
	// Test is the name of the test that has the lifecycle, Type its Terraform type.
	Test, Type string
	Seed       uint64
	// Lives is how many were begun; Unborn those of which no configuration applied.
	Lives, Unborn int
	// Applied are configurations that a plan and Logto accepted.
	Applied int
	// RefusedInPlan are those that a plan refused, RefusedByLogto those that a plan
	// accepted and Logto did not. Refusals say what Logto said to the latter.
	RefusedInPlan, RefusedByLogto int
	Refusals                      []string
	// Problems say what must not be.
	Problems []string
	Took     time.Duration
}

// Save writes the lives of a test into a folder.
func (l *Lives) Save(dir string) error {
	data, err := json.MarshalIndent(l, "", "  ")
	if err == nil {
		err = os.WriteFile(fileOf(dir, l.Test), data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("write the lives of %s: %w", l.Test, err)
	}
	return nil
}

// AllLives are the lives in a folder, by type.
func AllLives(dir string) ([]Lives, error) {
	all, err := readAll[Lives](dir)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Lives) int { return strings.Compare(a.Type+a.Test, b.Type+b.Test) })
	return all, nil
}

// PrintLives writes the table of random lives, with their sum, and below it what a plan
// accepted and Logto refused, and the problems.
func PrintLives(w io.Writer, all []Lives) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "type\tlives\tnever created\tapplied\trefused in the plan\trefused by Logto\tproblems\tseconds\t")
	sum := Lives{Type: "all types"}
	row := func(l Lives) {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%.0f\t\n", l.Type, l.Lives, l.Unborn, l.Applied, l.RefusedInPlan, l.RefusedByLogto, len(l.Problems), l.Took.Seconds())
	}
	for _, l := range all {
		row(l)
		sum.Lives, sum.Unborn, sum.Applied = sum.Lives+l.Lives, sum.Unborn+l.Unborn, sum.Applied+l.Applied
		sum.RefusedInPlan, sum.RefusedByLogto = sum.RefusedInPlan+l.RefusedInPlan, sum.RefusedByLogto+l.RefusedByLogto
		sum.Refusals, sum.Problems = append(sum.Refusals, l.Refusals...), append(sum.Problems, l.Problems...)
		sum.Took += l.Took
	}
	row(sum)
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	for _, text := range slices.Concat([]string{"", "Refused by Logto after a plan:"}, sum.Refusals, []string{"", "Problems:"}, sum.Problems) {
		if _, err := fmt.Fprintln(w, text); err != nil {
			return fmt.Errorf("print the problems: %w", err)
		}
	}
	return nil
}
