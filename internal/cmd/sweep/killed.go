// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"text/tabwriter"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// killings is what was counted over the rounds. An object that a killed apply made and
// that the state does not have is left; the next plan and apply say what becomes of it.
type killings struct {
	rounds, killed, stateLost int
	made, left                int
	adopted                   int // left, and in the state after the next apply
	reported                  int // left, and the plan with warn_of_duplicates names it
	silenced                  int // left, and the plan without it names it
	doubled                   int // left, and another object of this name is in the state
	doubledInSilence          int // those of them that the plan does not name
	refused                   int // left, and the next apply ended in an error that asks to import
	orphaned                  int // left, and nothing else has its name
	errors                    int // applies after the kill that ended in an error
	took                      time.Duration
	problems                  []string
}

// killings kills and applies again.
func (o options) killed(ctx context.Context) (err error) {
	box, err := sandbox.Open(ctx, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	random := rand.New(rand.NewPCG(o.seed, 0))
	var k killings
	rounds := cmp.Or(o.rounds, 100)
	fmt.Printf("seed %d, %d rounds of %d objects\n", o.seed, rounds, o.objects)
	started := time.Now()
	var whole time.Duration // what an apply that nobody kills takes
	for round := range rounds + 1 {
		after := time.Duration(float64(whole) * random.Float64())
		if round == 0 {
			after = time.Hour // not killed
		}
		t, err := openTenant()
		if err != nil {
			return err
		}
		began := time.Now()
		err = k.round(ctx, box, t, fmt.Sprintf("k%xr%d", o.seed, round), o.objects, after, round > 0)
		if whole == 0 {
			whole = k.took
			fmt.Printf("an apply is at work for %s\n", whole.Round(time.Millisecond))
		}
		if err = errors.Join(err, t.close()); ctx.Err() != nil {
			break // what was counted until now is printed
		}
		if err != nil {
			return err
		}
		k.rounds = round
		if round%10 == 9 {
			fmt.Fprintf(os.Stderr, "round %d, the last took %s\n", round+1, time.Since(began).Round(time.Second))
		}
	}
	k.took = time.Since(started)
	if err := k.print(os.Stdout); err != nil {
		return err
	}
	if len(k.problems) > 0 {
		return fmt.Errorf("%d things were found that must not be", len(k.problems))
	}
	return nil
}

// round kills one apply and applies again.
func (k *killings) round(ctx context.Context, box *sandbox.Sandbox, t *tenant, prefix string, objects int, after time.Duration, counts bool) (err error) {
	config := t.provider("  warn_of_duplicates = var.warn\n") + "variable \"warn\" {\n  default = true\n}\n" + mixed(prefix, objects)
	work, err := box.Workspace(ctx, nil, fstest.MapFS{"main.tf": {Data: []byte(config)}})
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, t.remove(context.WithoutCancel(ctx), prefix), os.RemoveAll(work.Dir()))
	}()
	worked, killed, err := work.ApplyAndKill(ctx, after)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, work.Printed())
	}
	if !counts {
		k.took = worked
		return nil
	}
	if !killed {
		return nil
	}
	k.killed++
	made, err := t.objects(ctx, prefix)
	if err != nil {
		return err
	}
	managed, lost, err := stateOf(work)
	if err != nil {
		return err
	}
	if lost && len(made) > 0 {
		k.stateLost++
	}
	left := map[string]object{}
	for _, m := range made {
		if !managed[m.id] {
			left[m.id] = m
		}
	}
	k.made, k.left = k.made+len(made), k.left+len(left)
	return k.next(ctx, work, t, prefix, left)
}

// told counts what plans warn of, with the warnings and without, and returns the IDs that
// are named with them.
func (k *killings) told(ctx context.Context, work *sandbox.Workspace, left map[string]object) (map[string]bool, error) {
	named := map[string]bool{}
	for _, warn := range []bool{false, true} {
		warnings, err := work.Warnings(ctx, tfexec.Var(fmt.Sprintf("warn=%v", warn)))
		if err != nil {
			return nil, fmt.Errorf("%w\n%s", err, work.Printed())
		}
		text := strings.Join(warnings, "\n")
		for id := range left {
			switch told := strings.Contains(text, id); {
			case told && warn:
				k.reported++
				named[id] = true
			case told:
				k.silenced++
			}
		}
	}
	return named, nil
}

// next plans, with the warnings and without, applies, and says what became of what was left.
func (k *killings) next(ctx context.Context, work *sandbox.Workspace, t *tenant, prefix string, left map[string]object) error {
	named, err := k.told(ctx, work, left)
	if err != nil {
		return err
	}
	failed := work.Apply(ctx)
	if failed != nil {
		k.errors++
	}
	managed, _, err := stateOf(work)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	all, err := t.objects(ctx, prefix)
	if err != nil {
		return err
	}
	for _, o := range all {
		if managed[o.id] {
			names[o.typeName+" "+o.name] = true
		}
	}
	for _, o := range left {
		switch {
		case managed[o.id]:
			k.adopted++
		case names[o.typeName+" "+o.name]:
			k.doubled++
			if !named[o.id] {
				k.doubledInSilence++
				k.problems = append(k.problems, fmt.Sprintf("%s: %s %s is doubled, and no plan said so", prefix, o.typeName, o.name))
			}
		case failed != nil:
			k.refused++
		default:
			k.orphaned++
			k.problems = append(k.problems, fmt.Sprintf("%s: %s %s is left, and nothing has its name", prefix, o.typeName, o.name))
		}
	}
	if failed != nil {
		if !strings.Contains(strings.Join(strings.Fields(failed.Error()), " "), "import") {
			k.problems = append(k.problems, fmt.Sprintf("%s: the apply after the kill, which does not speak of an import: %v", prefix, failed))
		}
		return nil
	}
	if changes, err := work.Plan(ctx); err != nil || changes {
		k.problems = append(k.problems, fmt.Sprintf("%s: the plan after that is not empty: %v\n%s", prefix, err, work.Printed()))
	}
	return nil
}

// stateOf are the IDs in the state of a workspace; lost is set where it has no state.
func stateOf(work *sandbox.Workspace) (ids map[string]bool, lost bool, err error) {
	data, err := os.ReadFile(filepath.Join(work.Dir(), "terraform.tfstate"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the state: %w", err)
	}
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes struct {
					ID string `json:"id"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if !json.Valid(data) { // Terraform was killed while it wrote
		return nil, true, nil
	}
	if err := json.Unmarshal(data, &state); err != nil {
		return nil, false, fmt.Errorf("read the state: %w", err)
	}
	ids = map[string]bool{}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			ids[i.Attributes.ID] = true
		}
	}
	return ids, len(ids) == 0, nil
}

func (k *killings) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range []struct {
		what string
		n    int
	}{
		{"rounds", k.rounds}, {"killed at work", k.killed}, {"whole state lost", k.stateLost}, {"objects made by killed applies", k.made},
		{"of these not in the state (left)", k.left}, {"left, adopted by the next apply", k.adopted}, {"left, reported by the plan", k.reported},
		{"left, reported with warn_of_duplicates = false", k.silenced}, {"left, doubled by the next apply", k.doubled},
		{"doubled in silence", k.doubledInSilence}, {"left after an error that asks to import", k.refused}, {"left, and nothing has the name (orphaned)", k.orphaned}, {"next applies that failed", k.errors},
	} {
		fmt.Fprintf(table, "%s\t%d\n", row.what, row.n)
	}
	fmt.Fprintf(table, "took\t%s\n", k.took.Round(time.Second))
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	for _, p := range k.problems {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return fmt.Errorf("print the problems: %w", err)
		}
	}
	return nil
}
