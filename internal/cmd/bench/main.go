// SPDX-License-Identifier: MPL-2.0

// Command bench measures the provider with the real Terraform CLI against a
// Logto in memory: seconds, API calls, tokens and connections of apply, plan,
// plan -refresh=false and destroy, beside terraform_data of the same shape. The
// report goes to standard output in Markdown, what is under way to standard error, and
// the results to .bench/results.json, for the next report to compare with.
//
//	go run ./internal/cmd/bench > .bench/RESULTS.md
//	go run ./internal/cmd/bench -only tenant -objects 1000 -latency 0,50ms -check
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// mixes are the kinds of tenant that are measured.
func mixes() []mix { return []mix{tenant(), links(), scopes(), people()} }

type options struct {
	cli       string
	sizes     []int
	latencies []time.Duration
	only      []string
	repeat    int
	check     bool
	long      bool
	last      string
}

func main() {
	o := options{sizes: []int{100, 300, 1000}, latencies: []time.Duration{0, 20 * time.Millisecond, 50 * time.Millisecond}}
	flag.StringVar(&o.cli, "cli", "", "`path` of the terraform or tofu to use, instead of the one on PATH")
	flag.Func("objects", "how many objects, separated by commas (default 100,300,1000)", func(s string) (err error) {
		o.sizes, err = parseList(s, strconv.Atoi)
		return err
	})
	flag.Func("latency", "what each API call takes longer, separated by commas (default 0,20ms,50ms)", func(s string) (err error) {
		o.latencies, err = parseList(s, time.ParseDuration)
		return err
	})
	flag.Func("only", "`names` of the mixes to measure, separated by commas (default all)", func(s string) (err error) {
		o.only, err = parseList(s, knownMix)
		return err
	})
	flag.IntVar(&o.repeat, "repeat", 3, "how often each plan is measured; the median counts")
	flag.BoolVar(&o.check, "check", false, "exit with an error when a target is missed")
	flag.StringVar(&o.last, "last", filepath.Join(".bench", "results.json"), "`file` with the last results, to compare with and to write")
	flag.BoolVar(&o.long, "long", false, "measure long runs instead: 10,000 objects, or as many as -objects says, and the budget of Logto Cloud")
	flag.Parse()
	if o.long && !given("objects") {
		o.sizes = []int{longTenant}
	}
	if o.repeat < 1 || slices.ContainsFunc(o.sizes, func(n int) bool { return n < 100 }) {
		fmt.Fprintln(os.Stderr, "bench: -repeat must be at least 1 and -objects at least 100")
		os.Exit(2)
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, o); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// errMissed ends a run with -check.
var errMissed = errors.New("a target is missed")

// run writes the report to out.
func run(ctx context.Context, out io.Writer, o options) (err error) {
	start := time.Now()
	fmt.Fprintln(os.Stderr, "building the provider")
	box, err := sandbox.Open(ctx, o.cli)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()

	if o.long {
		missed, err := reportLong(ctx, out, box, o.sizes[0])
		if err != nil {
			return err
		}
		more, err := reportBudget(ctx, out, box, min(budgetTenant, o.sizes[0]))
		if err != nil {
			return err
		}
		if missed+more > 0 && o.check {
			return errMissed
		}
		return nil
	}
	var results []result
	for _, m := range mixes() {
		if len(o.only) > 0 && !slices.Contains(o.only, m.name) {
			continue
		}
		r, err := measureMix(ctx, box, m, o)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		results = append(results, r)
	}
	last, err := openLast(o.last)
	if err != nil {
		return err
	}
	missed := report(out, results, o, box.CLI.String(), last)
	if err := last.keep(results); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "done in %s\n", time.Since(start).Round(time.Second))
	if missed > 0 && o.check {
		return errMissed
	}
	return nil
}

// given reports whether the command line has a flag.
func given(name string) (found bool) {
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

func parseList[T any](s string, parse func(string) (T, error)) ([]T, error) {
	var all []T
	for part := range strings.SplitSeq(s, ",") {
		v, err := parse(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func knownMix(name string) (string, error) {
	var names []string
	for _, m := range mixes() {
		names = append(names, m.name)
	}
	if !slices.Contains(names, name) {
		return "", fmt.Errorf("no mix is called %q: there are %s", name, strings.Join(names, ", "))
	}
	return name, nil
}
