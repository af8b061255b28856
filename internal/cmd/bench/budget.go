// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"testing/fstest"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

const (
	// cloudRequests is how many requests Logto Cloud takes from all clients of a tenant
	// in each cloudWindow.
	cloudRequests = 200
	cloudWindow   = 10 * time.Second
	// signInsPerSecond is how many requests of people who sign in arrive beside Terraform.
	signInsPerSecond = 8
	// signInPath is what a client of people asks first.
	signInPath = "/oidc/.well-known/openid-configuration"
	// budgetTenant is how many objects Terraform makes meanwhile.
	budgetTenant = 1000
	indicator    = "https://acme.logto.app/api"
)

// gate is what stands before a tenant of Logto Cloud: it counts the requests of everybody
// and answers 429 to those that are too many.
type gate struct {
	tenant http.Handler

	mu       sync.Mutex
	arrivals []arrival
}

type arrival struct {
	at              time.Time
	signIn, refused bool
}

// ServeHTTP implements http.Handler.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if left := g.arrive(time.Now(), r.URL.Path == signInPath); left > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(left/time.Second)+1))
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	g.tenant.ServeHTTP(w, r)
}

// arrive counts a request and returns how long it has to wait for the next place.
func (g *gate) arrive(now time.Time, signIn bool) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := arrival{at: now, signIn: signIn}
	var left time.Duration
	if n := len(g.arrivals) - cloudRequests; n >= 0 {
		left = max(0, g.arrivals[n].at.Add(cloudWindow).Sub(now))
	}
	a.refused = left > 0
	g.arrivals = append(g.arrivals, a)
	return left
}

// arrived is what arrived at a gate.
type arrived struct {
	// busiest is the most requests in one window, and terraform the most of Terraform alone.
	busiest, terraform int
	// refused are those of Terraform that were answered with 429, refusedSignIns those of people.
	refused, refusedSignIns int
	signIns                 int // of people, refused or not
}

func (g *gate) counts() (n arrived) {
	g.mu.Lock()
	defer g.mu.Unlock()
	first, terraform := 0, 0
	for i, a := range g.arrivals {
		if !a.signIn {
			terraform++
		}
		for ; !g.arrivals[first].at.Add(cloudWindow).After(a.at); first++ {
			if !g.arrivals[first].signIn {
				terraform--
			}
		}
		n.busiest, n.terraform = max(n.busiest, i-first+1), max(n.terraform, terraform)
		switch {
		case a.signIn && a.refused:
			n.refusedSignIns++
		case a.refused:
			n.refused++
		}
		if a.signIn {
			n.signIns++
		}
	}
	return n
}

// signIn asks as people do until the context ends. It returns the slowest answer.
func signIn(ctx context.Context, endpoint string) (slowest time.Duration, err error) {
	ticker := time.NewTicker(time.Second / signInsPerSecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return slowest, nil
		case <-ticker.C:
		}
		req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, endpoint+signInPath, nil)
		if err != nil {
			return slowest, err
		}
		start := time.Now()
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return slowest, err
		}
		_, err = io.Copy(io.Discard, res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			return slowest, err
		}
		slowest = max(slowest, time.Since(start))
	}
}

// reportBudget makes, plans and removes a tenant within the budget of Logto Cloud while
// people sign in, writes what was seen and returns how many targets were missed.
func reportBudget(ctx context.Context, w io.Writer, box *sandbox.Sandbox, objects int) (missed int, err error) {
	server := fakelogto.NewServer()
	if err := fakelogto.HaveIndicator(server, indicator); err != nil {
		return 0, err
	}
	g := &gate{tenant: server}
	front := httptest.NewServer(g)
	defer front.Close()
	server.URL = front.URL

	hcl := configuration(tenant().blocks(objects)) + fmt.Sprintf("\nprovider \"logto\" {\n  resource = %q\n}\n", indicator)
	work, err := box.Workspace(ctx, server, fstest.MapFS{"main.tf": {Data: []byte(hcl)}})
	if err != nil {
		return 0, err
	}
	people, leave := context.WithCancel(ctx)
	type signedIn struct {
		slowest time.Duration
		err     error
	}
	left := make(chan signedIn, 1)
	go func() {
		slowest, err := signIn(people, server.URL)
		left <- signedIn{slowest, err}
	}()
	start := time.Now()
	life := func() error {
		for _, command := range []func() error{
			func() error { return work.Apply(ctx) },
			func() error { return planNothing(ctx, work) },
			func() error { return work.Destroy(ctx) },
		} {
			if err := command(); err != nil {
				return err
			}
		}
		return nil
	}
	err = life()
	leave()
	s := <-left
	if err = errors.Join(err, s.err); err != nil {
		return 0, err
	}
	n := g.counts()
	fmt.Fprintf(os.Stderr, "long: the budget of Logto Cloud was kept for %s\n", time.Since(start).Round(time.Second))
	fmt.Fprintf(w, "\n## The budget of Logto Cloud\n\nApply, plan and destroy of %s objects took %s, with %d requests a second of people who sign in beside them. "+
		"Logto Cloud takes %d requests in %d seconds, from all together.\n\n| | seen | target |\n|---|--:|--:|\n",
		thousands(objects), time.Since(start).Round(time.Second), signInsPerSecond, cloudRequests, int(cloudWindow.Seconds()))
	for _, row := range []struct {
		what       string
		seen, most int
	}{
		{"most requests in 10 seconds", n.busiest, cloudRequests},
		{"of Terraform alone", n.terraform, cloudRequests - int(cloudWindow.Seconds())*signInsPerSecond},
		{"requests of Terraform that were answered with 429", n.refused, 0},
		{fmt.Sprintf("of %s requests of people, answered with 429", thousands(n.signIns)), n.refusedSignIns, 0},
	} {
		fmt.Fprintf(w, "| %s | %s | ≤ %s |\n", row.what, mark(thousands(row.seen), row.seen <= row.most, &missed), thousands(row.most))
	}
	fmt.Fprintf(w, "| slowest answer to people | %d ms | |\n", s.slowest.Milliseconds())
	return missed, nil
}
