// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// times are the seconds that the commands of a lifecycle took.
type times struct {
	Apply, Plan, NoRefresh, Destroy float64
}

// lastResults is what was measured on this machine before, by [lifecycle.key]. What is
// not measured again stays.
type lastResults struct {
	file string
	of   map[string]times
}

// openLast reads the last results. There need be none.
func openLast(file string) (*lastResults, error) {
	last := &lastResults{file: file, of: map[string]times{}}
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return last, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last results: %w", err)
	}
	if err := json.Unmarshal(data, &last.of); err != nil {
		return nil, fmt.Errorf("read the last results in %s, which can be removed: %w", file, err)
	}
	return last, nil
}

// keep makes results the last ones.
func (last *lastResults) keep(results []result) error {
	for _, r := range results {
		for _, l := range r.runs {
			last.of[l.key(r.mix)] = times{l.apply.Elapsed.Seconds(), l.plan.Elapsed.Seconds(), l.noRefresh.Elapsed.Seconds(), l.destroy.Elapsed.Seconds()}
		}
	}
	data, err := json.MarshalIndent(last.of, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(last.file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(last.file, append(data, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep the results: %w", err)
	}
	return nil
}

// key names a lifecycle among all that can be measured.
func (l *lifecycle) key(m mix) string {
	return strings.Join([]string{m.name, fmt.Sprint(l.size), l.label()}, " ")
}

// compared is a time beside that of the last results, if they have one.
func compared(now sandbox.Cost, before float64) string {
	if before == 0 {
		return seconds(now)
	}
	return fmt.Sprintf("%s (%.2f)", seconds(now), before)
}
