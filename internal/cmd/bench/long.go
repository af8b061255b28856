// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing/fstest"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

const (
	// longTenant is how many objects a long run has, if the command line does not say.
	longTenant = 10_000
	// tokenLifetime is that of a token in a long run.
	tokenLifetime = time.Minute
	// longLatency is what a call of a long run takes longer.
	longLatency = 5 * time.Millisecond
	// mostMemory is what a process of the provider may have resident, in bytes.
	mostMemory = 200 << 20
)

// remoteState keeps a state, as a team does that has ten thousand objects. A local state
// would be written anew after each object, which takes Terraform longer than all else.
type remoteState struct {
	mu    sync.Mutex
	state []byte
}

// ServeHTTP implements http.Handler.
func (s *remoteState) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.Method {
	case http.MethodPost:
		state, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.state = state
	case http.MethodDelete:
		s.state = nil
	default:
		if s.state == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write(s.state)
	}
}

// mixed is a tenant with something of everything: what [tenant] and [people] have, and
// hooks, and what organizations are made after.
func mixed() mix {
	const each = 1 + 2*20 // of people: an organization with 20 users and memberships
	most := func(n int) int { return n * 2 / 10 / each * each }
	return mix{
		name:  "mixed",
		about: "Two tenths are users, organizations and memberships as in *people*, one tenth hooks, scopes and roles of organizations, the rest is as in *tenant*.",
		blocks: func(n int) []block {
			few := n / 30
			blocks := append(people().blocks(most(n)),
				block{kind: "hook", name: "hook", count: few, body: text("name = \"Hook ${count.index}\"\nurl = \"https://hook-${count.index}.example.com\"\nevents = [\"User.Created\"]")},
				block{kind: "organization_scope", name: "scope", count: few, body: text("name = \"do:${count.index}\"")},
				block{kind: "organization_role", name: "role", count: few, body: text("name = \"Role ${count.index}\"")})
			return append(blocks, tenant().blocks(n-objectsIn(blocks))...)
		},
		planCalls:  func(n int) int { return 2*handful + people().planCalls(most(n)) },
		applyCalls: oneCallEach,
	}
}

// long is what a command of a long run cost.
type long struct {
	name   string
	cost   sandbox.Cost
	memory int64 // the peak of one process of the provider, in bytes; 0 where it is not known
	// refused is how many calls were answered with 401, because a token was used too long.
	refused int
}

// longRun lives the life of a large tenant whose tokens end every minute.
func longRun(ctx context.Context, box *sandbox.Sandbox, objects int) (commands []long, err error) {
	server := fakelogto.NewServer()
	if err := server.Listen("127.0.0.1:0"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	server.SetTokenLifetime(tokenLifetime)
	server.SetLatency(longLatency)
	fresh := server.Rows()
	backend := httptest.NewServer(&remoteState{})
	defer backend.Close()
	work, err := box.Workspace(ctx, server, fstest.MapFS{
		"main.tf":    {Data: []byte(configuration(mixed().blocks(objects)))},
		"backend.tf": {Data: fmt.Appendf(nil, "terraform {\n  backend \"http\" {\n    address = %q\n  }\n}\n", backend.URL)},
	})
	if err != nil {
		return nil, err
	}
	for _, command := range []struct {
		name string
		run  func() error
	}{
		{"apply", func() error { return work.Apply(ctx) }},
		{"plan", func() error { return planNothing(ctx, work) }},
		{"destroy", func() error { return work.Destroy(ctx) }},
	} {
		l := long{name: command.name}
		l.cost, err = sandbox.Measure(server, func() (err error) {
			l.memory, err = box.PeakMemory(command.run)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s of %d objects: %w", command.name, objects, err)
		}
		for _, call := range server.Calls() {
			if call.Status == http.StatusUnauthorized {
				l.refused++
			}
		}
		fmt.Fprintf(os.Stderr, "long: %s of %s objects: %s, memory %s\n", l.name, thousands(objects), seconds(l.cost), megabytes(l.memory))
		commands = append(commands, l)
	}
	if !maps.Equal(server.Rows(), fresh) {
		return nil, errors.New("destroy left something on the server")
	}
	return commands, nil
}

// reportLong runs what takes long, writes what was seen in Markdown and returns how many
// targets were missed.
func reportLong(ctx context.Context, w io.Writer, box *sandbox.Sandbox, objects int) (missed int, err error) {
	commands, err := longRun(ctx, box, objects)
	if err != nil {
		return 0, err
	}
	made := objectsIn(mixed().blocks(objects))
	fmt.Fprintf(w, "# Long runs\n\n%s.\n\n## %s objects of mixed types\n\n%s Each call takes %d ms longer, and a token ends after %s.\n\n",
		box.CLI, thousands(made), mixed().about, longLatency.Milliseconds(), tokenLifetime)
	fmt.Fprint(w, "| command | time | API calls | beyond one for each object | tokens | answers 401 | memory of the provider |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, c := range commands {
		// A list that is older than a minute is read again.
		beyond, most := c.cost.Calls, mixed().planCalls(made)*(1+int(c.cost.Elapsed/time.Minute))
		if c.name != "plan" {
			beyond = max(0, beyond-made) // a parent takes its scopes with it
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %d | %s | %s |\n", c.name, seconds(c.cost), thousands(c.cost.Calls), mark(thousands(beyond), beyond <= most, &missed),
			c.cost.Tokens, mark(thousands(c.refused), c.refused == 0, &missed), mark(megabytes(c.memory), c.memory <= mostMemory, &missed))
	}
	fmt.Fprintf(w, "\nTargets: at most %s calls in a minute beyond one for each object, no answer 401, memory at most %s. What misses its target is bold.\n",
		thousands(mixed().planCalls(made)), megabytes(mostMemory))
	return missed, nil
}

func megabytes(n int64) string {
	if n == 0 {
		return "not known here"
	}
	return fmt.Sprintf("%d MB", n>>20)
}
