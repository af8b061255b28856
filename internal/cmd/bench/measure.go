// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing/fstest"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// result is what was measured of a mix.
type result struct {
	mix  mix
	runs []lifecycle
}

// lifecycle is what the life of one tenant cost.
type lifecycle struct {
	size    int // as asked for
	objects int // in fact
	// twin marks a lifecycle of terraform_data, which has no latency and no calls.
	twin    bool
	latency time.Duration

	apply, plan, noRefresh, destroy sandbox.Cost
}

func measureMix(ctx context.Context, box *sandbox.Sandbox, m mix, o options) (result, error) {
	sizes, latencies := o.sizes, o.latencies
	if m.sizes != nil {
		sizes = m.sizes
	}
	if m.latencies != nil {
		latencies = m.latencies
	}
	r := result{mix: m}
	for _, n := range sizes {
		blocks := m.blocks(n)
		all := []lifecycle{{size: n, objects: objectsIn(blocks), twin: true}}
		for _, latency := range latencies {
			all = append(all, lifecycle{size: n, objects: objectsIn(blocks), latency: latency})
		}
		for i := range all {
			fmt.Fprintf(os.Stderr, "%s: %s objects, %s", m.name, thousands(n), all[i].label())
			if err := all[i].live(ctx, box, blocks, o.repeat); err != nil {
				fmt.Fprintln(os.Stderr)
				return r, fmt.Errorf("%d objects, %s: %w", n, all[i].label(), err)
			}
			fmt.Fprintf(os.Stderr, ": apply %s, plan %s, without refresh %s, destroy %s\n",
				seconds(all[i].apply), seconds(all[i].plan), seconds(all[i].noRefresh), seconds(all[i].destroy))
		}
		r.runs = append(r.runs, all...)
	}
	return r, nil
}

// live applies, plans and destroys.
func (l *lifecycle) live(ctx context.Context, box *sandbox.Sandbox, blocks []block, repeat int) (err error) {
	var server *fakelogto.Server
	var fresh map[string]int
	hcl := twin(blocks)
	if !l.twin {
		hcl = configuration(blocks)
		server = fakelogto.NewServer()
		fresh = server.Rows()
		if err := server.Listen("127.0.0.1:0"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, server.Close()) }()
		server.SetLatency(l.latency)
	}
	work, err := box.Workspace(ctx, server, fstest.MapFS{"main.tf": {Data: []byte(hcl)}})
	if err != nil {
		return err
	}
	if l.apply, err = sandbox.Measure(server, func() error { return work.Apply(ctx) }); err != nil {
		return err
	}
	// By turns, so that what else the machine does touches both alike.
	var plans, noRefreshes []sandbox.Cost
	for range repeat {
		plan, err := measurePlan(ctx, server, work)
		if err != nil {
			return err
		}
		noRefresh, err := measurePlan(ctx, server, work, tfexec.Refresh(false))
		if err != nil {
			return err
		}
		plans, noRefreshes = append(plans, plan), append(noRefreshes, noRefresh)
	}
	l.plan, l.noRefresh = median(plans), median(noRefreshes)
	if l.destroy, err = sandbox.Measure(server, func() error { return work.Destroy(ctx) }); err != nil {
		return err
	}
	if server != nil && !maps.Equal(server.Rows(), fresh) {
		return errors.New("destroy left something on the server")
	}
	return nil
}

func measurePlan(ctx context.Context, server *fakelogto.Server, work *sandbox.Workspace, options ...tfexec.PlanOption) (sandbox.Cost, error) {
	return sandbox.Measure(server, func() error { return planNothing(ctx, work, options...) })
}

// planNothing plans, and fails when the plan changes anything.
func planNothing(ctx context.Context, work *sandbox.Workspace, options ...tfexec.PlanOption) error {
	changes, err := work.Plan(ctx, options...)
	if err == nil && changes {
		err = fmt.Errorf("a plan after the apply has changes:\n%s", work.Printed())
	}
	return err
}

// median is the cost with the most calls, but in the median time. An even number
// has the lower of the two in the middle.
func median(costs []sandbox.Cost) sandbox.Cost {
	slices.SortFunc(costs, func(a, b sandbox.Cost) int { return cmp.Compare(a.Elapsed, b.Elapsed) })
	most := slices.MaxFunc(costs, func(a, b sandbox.Cost) int { return cmp.Compare(a.Calls, b.Calls) })
	most.Elapsed = costs[(len(costs)-1)/2].Elapsed
	return most
}

func (l *lifecycle) label() string {
	if l.twin {
		return "terraform_data"
	}
	return fmt.Sprintf("%d ms", l.latency.Milliseconds())
}
