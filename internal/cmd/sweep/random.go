// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
)

// random lives lives with random configurations of each type, by the tests of faults.
func (o options) random(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "random-lives-")
	if err != nil {
		return fmt.Errorf("make a folder for the results: %w", err)
	}
	defer os.RemoveAll(dir)
	what := tally.RandomOptions{Seed: o.seed, Rounds: cmp.Or(o.rounds, 100), Dir: dir}
	fmt.Printf("seed %d, %d lives of each type\n", what.Seed, what.Rounds)
	failed, err := runTests(ctx, o.areas, tally.RandomVariable+"="+what.String())
	if err != nil {
		return err
	}
	all, err := tally.AllLives(dir)
	if err != nil {
		return err
	}
	if err := tally.PrintLives(os.Stdout, all); err != nil {
		return err
	}
	problems, lived := 0, map[string]bool{}
	for _, l := range all {
		problems += len(l.Problems)
		lived[l.Type] = true
	}
	var missing []string
	for _, name := range typeNames(ctx) {
		if !lived[name] && tally.NotSwept[name] == "" {
			missing = append(missing, name)
		}
	}
	switch {
	case problems > 0:
		return fmt.Errorf("%d things were found that must not be; the same seed (%d) finds them again", problems, o.seed)
	case failed:
		return errors.New("a test failed")
	case o.areas == "" && len(missing) > 0:
		return fmt.Errorf("no life was lived of %s", strings.Join(missing, ", "))
	}
	return nil
}
