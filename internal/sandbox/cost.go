// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// Cost is what a command took, and what it asked of Logto.
type Cost struct {
	Elapsed     time.Duration
	Calls       int // of the Management API
	Writes      int // those of the calls that are not GET
	Tokens      int // calls of the token endpoint
	Connections int // newly opened
	Operations  []Operation
}

// Operation is how often one operation of the API was called.
type Operation struct {
	Name  string // as "GET /api/roles/{id}"
	Calls int
}

// Measure runs a command and returns its cost. server is nil for a command
// that has nothing to do with Logto.
func Measure(server *fakelogto.Server, command func() error) (Cost, error) {
	connections := 0
	if server != nil {
		server.ResetCalls()
		connections = server.Connections()
	}
	start := time.Now()
	err := command()
	cost := Cost{Elapsed: time.Since(start)}
	if server == nil {
		return cost, err
	}
	calls := server.Calls()
	cost.Calls, cost.Writes, cost.Tokens = len(calls), len(server.Writes()), server.Tokens()
	cost.Connections = server.Connections() - connections
	cost.Operations = count(calls)
	return cost, err
}

func count(calls []fakelogto.Call) []Operation {
	times := map[string]int{}
	for _, c := range calls {
		times[cmp.Or(c.Operation, c.Method+" "+c.Path)]++
	}
	var operations []Operation
	for name, n := range times {
		operations = append(operations, Operation{name, n})
	}
	slices.SortFunc(operations, func(a, b Operation) int { return compareOperations(a.Name, b.Name) })
	return operations
}

// compareOperations orders by path, and those of one path as in an object's life.
func compareOperations(a, b string) int {
	methods := []string{http.MethodPost, http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete}
	aMethod, aPath, _ := strings.Cut(a, " ")
	bMethod, bPath, _ := strings.Cut(b, " ")
	return cmp.Or(cmp.Compare(aPath, bPath), cmp.Compare(slices.Index(methods, aMethod), slices.Index(methods, bMethod)))
}

// CallsOf is how often an operation was called.
func (c Cost) CallsOf(operation string) int {
	for _, o := range c.Operations {
		if o.Name == operation {
			return o.Calls
		}
	}
	return 0
}

// OperationNames are the operations that any of the commands called, sorted.
func OperationNames(costs ...Cost) []string {
	var names []string
	for _, c := range costs {
		for _, o := range c.Operations {
			names = append(names, o.Name)
		}
	}
	slices.SortFunc(names, compareOperations)
	return slices.Compact(names)
}
