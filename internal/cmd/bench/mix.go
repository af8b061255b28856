// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// mix is a kind of tenant to measure. A new one is a file with a function that
// returns it, and its name in mixes.
type mix struct {
	name  string
	about string // for the report, in Markdown
	// sizes and latencies replace those of the command line, if not nil.
	sizes     []int
	latencies []time.Duration
	// blocks are the resources of a tenant with about n objects.
	blocks func(n int) []block
	// planCalls and applyCalls are the most calls that a plan and an apply of n
	// objects may make.
	planCalls, applyCalls func(n int) int
	// ratioFrom is the number of objects from which on the ratio of a plan to a plan
	// -refresh=false may be at most planRatio times that of terraform_data; 0 for no promise.
	ratioFrom int
}

const (
	// handful is the most calls of a plan, and of an apply beyond one for each object.
	handful   = 12
	planRatio = 1.10
	// parallelism is Terraform's default, and the most connections of a process.
	parallelism = 10
)

// fewCalls is what most mixes promise of a plan.
func fewCalls(int) int { return handful }

// oneCallEach is what most mixes promise of an apply.
func oneCallEach(n int) int { return n + handful }

// block is a resource block with a count.
type block struct {
	kind, name string // logto_kind.name
	count      int
	// objects is how many objects of Logto one instance makes; 1 when it is 0.
	objects int
	// body is what the block says besides its count: assignments, one a line.
	body func(ref reference) string
}

// reference is an attribute of an instance of another block. The index is an
// expression; terraform_data, which has only its id, gives that.
type reference func(kind, name, index, attribute string) string

func (b block) made() int { return b.count * cmp.Or(b.objects, 1) }

// objectsIn is how many objects of Logto the blocks make.
func objectsIn(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += b.made()
	}
	return n
}

// configuration is the blocks in HCL.
func configuration(blocks []block) string {
	var hcl strings.Builder
	hcl.WriteString("terraform {\n  required_providers {\n    logto = {\n      source = \"logto-community/logto\"\n    }\n  }\n}\n")
	for _, b := range blocks {
		if b.count == 0 {
			continue
		}
		fmt.Fprintf(&hcl, "\nresource \"logto_%s\" %q {\n  count = %d\n%s\n}\n", b.kind, b.name, b.count, strings.TrimSpace(b.body(
			func(kind, name, index, attribute string) string {
				return fmt.Sprintf("logto_%s.%s[%s].%s", kind, name, index, attribute)
			})))
	}
	return hcl.String()
}

// twin is the same shape with Terraform's built-in terraform_data: as many
// instances, the same attributes, a reference for each reference.
func twin(blocks []block) string {
	var hcl strings.Builder
	for _, b := range blocks {
		if b.count == 0 {
			continue
		}
		fmt.Fprintf(&hcl, "\nresource \"terraform_data\" \"%s_%s\" {\n  count = %d\n  input = {\n%s\n  }\n}\n", b.kind, b.name, b.count, strings.TrimSpace(b.body(
			func(kind, name, index, _ string) string {
				return fmt.Sprintf("terraform_data.%s_%s[%s].id", kind, name, index)
			})))
	}
	return hcl.String()
}

// text is a body without references.
func text(body string) func(reference) string {
	return func(reference) string { return body }
}
