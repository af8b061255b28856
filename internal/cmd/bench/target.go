// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
)

// target is a number that a lifecycle promises not to exceed.
type target struct {
	what string
	most float64
	seen func(lifecycle) float64
	text func(float64) string // a number for people
}

// targets are those of a mix with so many objects. floor is the ratio of terraform_data.
func (m mix) targets(objects int, floor float64) []target {
	count := func(what string, most int, seen func(lifecycle) int) target {
		return target{
			what: what,
			most: float64(most),
			seen: func(l lifecycle) float64 { return float64(seen(l)) },
			text: func(n float64) string { return thousands(int(n)) },
		}
	}
	all := []target{
		count("calls of a plan", m.planCalls(objects), func(l lifecycle) int { return l.plan.Calls }),
		count("calls of a plan -refresh=false", 0, func(l lifecycle) int { return l.noRefresh.Calls }),
		count("calls of an apply", m.applyCalls(objects), func(l lifecycle) int { return l.apply.Calls }),
		// Each process of the provider has a token and connections of its own. An apply
		// has two: one that plans and one that writes. A destroy has a third, for the
		// refresh before its plan.
		count("tokens of a plan", 1, func(l lifecycle) int { return l.plan.Tokens }),
		count("tokens of an apply", 2, func(l lifecycle) int { return l.apply.Tokens }),
		count("tokens of a destroy", 3, func(l lifecycle) int { return l.destroy.Tokens }),
		count("connections of a plan", parallelism, func(l lifecycle) int { return l.plan.Connections }),
		count("connections of an apply", 2*parallelism, func(l lifecycle) int { return l.apply.Connections }),
		count("connections of a destroy", 2*parallelism, func(l lifecycle) int { return l.destroy.Connections }),
	}
	if m.ratioFrom > 0 && objects >= m.ratioFrom {
		all = append(all, target{
			what: "ratio of a plan to a plan -refresh=false ÷ that of terraform_data",
			most: planRatio,
			seen: func(l lifecycle) float64 { return l.ratio() / floor },
			text: func(n float64) string { return fmt.Sprintf("%.2f", n) },
		})
	}
	return all
}
