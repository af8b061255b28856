// SPDX-License-Identifier: MPL-2.0

package tally

import (
	"strings"
	"testing"
	"time"
)

// Tallies of one type come together in the table, with their problems.
func TestTable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if was, err := Done(dir, "TestA/sub test"); was != nil || err != nil {
		t.Errorf("before: %v, %v", was, err)
	}
	for _, one := range []Tally{
		{Test: "TestA/sub test", Type: "logto_a", Calls: 2, Lives: 20, Orphans: 1, Problems: []string{"left"}, Took: time.Second, Sample: Sample{Config: []byte(`{}`)}},
		{Test: "TestB", Type: "logto_a", Calls: 3, Lives: 30, Lies: 2, Took: time.Second, Sample: Sample{ImportID: "longer", Config: []byte(`{"a":1}`)}},
		{Test: "TestC", Type: "logto_c", Calls: 1, Lives: 10},
	} {
		if err := one.Save(dir); err != nil {
			t.Fatal(err)
		}
	}
	if was, err := Done(dir, "TestA/sub test"); err != nil || was == nil || was.Lives != 20 || was.Found() != 1 {
		t.Errorf("after: %v, %v", was, err)
	}
	all, err := All(dir)
	if err != nil || len(all) != 2 || all[0].Found() != 3 || all[1].Found() != 0 {
		t.Fatalf("%v, %v", all, err)
	}
	var out strings.Builder
	if err := Print(&out, all); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	for i, want := range []string{"type calls failed lives errors stuck orphans duplicates lost plan not empty state lies seconds",
		"logto_a 5 50 0 0 1 0 0 0 2 2", "logto_c 1 10 0 0 0 0 0 0 0 0", "all types 6 60 0 0 1 0 0 0 2 2", "left"} {
		if got := strings.Join(strings.Fields(lines[i]), " "); got != want {
			t.Errorf("line %d is %q, want %q", i+1, got, want)
		}
	}
	samples, err := Samples(dir)
	if err != nil || samples["logto_a"].ImportID != "longer" {
		t.Errorf("%v, %v", samples, err)
	}
}
