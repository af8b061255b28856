// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// report writes everything in Markdown and returns how many targets are missed.
func report(w io.Writer, results []result, o options, cli string, last *lastResults) (missed int) {
	fmt.Fprintf(w, "# What `make bench` measured\n\n%s on %s/%s, %d cores; %s. Plans are the median of %d. "+
		"`terraform_data` is Terraform's built-in resource with the same instances, attributes and references: what Terraform itself takes. In brackets: the last results on this machine.\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cli, o.repeat)
	for _, r := range results {
		fmt.Fprintf(w, "\n## %s\n\n%s\n\n", strings.ToUpper(r.mix.name[:1])+r.mix.name[1:], r.mix.about)
		r.shape(w)
		r.times(w, last)
		r.calls(w)
		r.operations(w)
	}
	fmt.Fprint(w, "\n## Targets\n\nSeen at each latency; what misses the target is bold.\n\n| mix | objects | target | seen |\n|---|--:|---|---|\n")
	for _, r := range results {
		missed += r.targets(w)
	}
	return missed
}

// shape says what the objects are.
func (r result) shape(w io.Writer) {
	var sizes []int
	for _, l := range r.runs {
		if !slices.Contains(sizes, l.size) {
			sizes = append(sizes, l.size)
		}
	}
	kinds := []string{}
	counts := map[string][]int{}
	add := func(i int, kind string, n int) {
		if counts[kind] == nil {
			kinds = append(kinds, kind)
			counts[kind] = make([]int, len(sizes))
		}
		counts[kind][i] += n
	}
	fmt.Fprint(w, "| objects |")
	for i, n := range sizes {
		blocks := r.mix.blocks(n)
		fmt.Fprintf(w, " %s |", thousands(objectsIn(blocks)))
		for _, b := range blocks {
			add(i, "`logto_"+b.kind+"`", b.count)
			if b.objects > 1 {
				add(i, "scopes in `logto_"+b.kind+"`", b.made()-b.count)
			}
		}
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("--:|", len(sizes)))
	for _, kind := range kinds {
		fmt.Fprintf(w, "| %s |", kind)
		for _, n := range counts[kind] {
			fmt.Fprintf(w, " %s |", thousands(n))
		}
		fmt.Fprintln(w)
	}
}

func (r result) times(w io.Writer, last *lastResults) {
	fmt.Fprint(w, "\n| objects | latency | apply | plan | plan -refresh=false | ratio | ÷ that of terraform_data | destroy |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, l := range r.runs {
		before := last.of[l.key(r.mix)]
		against := ""
		if !l.twin {
			against = fmt.Sprintf("%.2f", l.ratio()/r.floor(l.size))
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %.2f | %s | %s |\n", thousands(l.objects), l.label(),
			compared(l.apply, before.Apply), compared(l.plan, before.Plan), compared(l.noRefresh, before.NoRefresh), l.ratio(), against, compared(l.destroy, before.Destroy))
	}
}

// floor is the ratio of terraform_data with so many objects.
func (r result) floor(size int) float64 {
	for _, l := range r.runs {
		if l.twin && l.size == size {
			return l.ratio()
		}
	}
	return 1
}

func (r result) calls(w io.Writer) {
	fmt.Fprint(w, "\n| objects | latency | API calls: apply | plan | destroy | tokens: apply | plan | destroy | connections: apply | plan | destroy |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, l := range r.runs {
		if l.twin {
			continue
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %d | %d | %d | %d | %d | %d |\n", thousands(l.objects), l.label(),
			thousands(l.apply.Calls), thousands(l.plan.Calls), thousands(l.destroy.Calls),
			l.apply.Tokens, l.plan.Tokens, l.destroy.Tokens, l.apply.Connections, l.plan.Connections, l.destroy.Connections)
	}
}

// operations are those of the largest tenant with the longest latency.
func (r result) operations(w io.Writer) {
	last := r.runs[len(r.runs)-1]
	fmt.Fprintf(w, "\nOperations with %s objects and %s:\n\n| operation | apply | plan | destroy |\n|---|--:|--:|--:|\n", thousands(last.objects), last.label())
	commands := []sandbox.Cost{last.apply, last.plan, last.destroy}
	for _, name := range sandbox.OperationNames(commands...) {
		fmt.Fprintf(w, "| `%s` |", name)
		for _, c := range commands {
			if n := c.CallsOf(name); n > 0 {
				fmt.Fprintf(w, " %s |", thousands(n))
			} else {
				fmt.Fprint(w, " |")
			}
		}
		fmt.Fprintln(w)
	}
}

// targets says what was promised and what was seen, and returns how often that was missed.
func (r result) targets(w io.Writer) (missed int) {
	for i := 0; i < len(r.runs); {
		size := r.runs[i].size
		var runs []lifecycle
		for ; i < len(r.runs) && r.runs[i].size == size; i++ {
			if !r.runs[i].twin {
				runs = append(runs, r.runs[i])
			}
		}
		for _, t := range r.mix.targets(runs[0].objects, r.floor(size)) {
			var seen []string
			for _, l := range runs {
				value := t.seen(l)
				seen = append(seen, mark(t.text(value), value <= t.most, &missed))
			}
			fmt.Fprintf(w, "| %s | %s | %s ≤ %s | %s |\n", r.mix.name, thousands(runs[0].objects), t.what, t.text(t.most), strings.Join(seen, " · "))
		}
	}
	return missed
}

// mark is what was seen, in bold and counted when it misses its target.
func mark(seen string, ok bool, missed *int) string {
	if ok {
		return seen
	}
	*missed++
	return "**" + seen + "**"
}

// ratio is that of a plan to one without refresh.
func (l *lifecycle) ratio() float64 {
	return float64(l.plan.Elapsed) / float64(l.noRefresh.Elapsed)
}

func seconds(c sandbox.Cost) string { return fmt.Sprintf("%.2f s", c.Elapsed.Seconds()) }

// thousands is a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
