// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// StartOlder returns a target in memory that is an older Logto, as "1.41". Against a
// real Logto, which has the version that it has, the test is skipped.
func StartOlder(t testing.TB, version string) *Target {
	t.Helper()
	target := StartMemory(t)
	target.Server.BecomeOlder(version)
	return target
}

// AtLeast reports whether the Logto under test is of a version, as "1.43", or newer.
func (t *Target) AtLeast(tb testing.TB, version string) bool {
	tb.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version == "" {
		t.version = t.ask(tb)
	}
	return !since.Older(t.version, version)
}

// Needs skips the test where the Logto under test is older than a version, as "1.41".
func (t *Target) Needs(tb testing.TB, version string) {
	tb.Helper()
	if !t.AtLeast(tb, version) {
		tb.Skipf("needs Logto %s: the one under test is %s", version, t.version)
	}
}

// withoutNewer drops the lines of a configuration that end with "# since 1.41", as an
// example, where the Logto under test is older than that.
func (t *Target) withoutNewer(config string) string {
	const mark = " # since "
	if !strings.Contains(config, mark) {
		return config
	}
	lines := slices.DeleteFunc(strings.Split(config, "\n"), func(line string) bool {
		_, version, marked := strings.Cut(line, mark)
		return marked && !t.AtLeast(t.tb, version)
	})
	return strings.Join(lines, "\n")
}

// ask finds out the version of the Logto under test, which tells it to nobody: it is
// the newest whose mark this Logto has.
func (t *Target) ask(tb testing.TB) string {
	tb.Helper()
	for _, mark := range since.Marks() {
		status, answer := t.Do(tb, http.MethodGet, mark.Path, nil)
		object, _ := answer.(map[string]any)
		_, shown := object[mark.Key]
		if status == http.StatusOK && (mark.Key == "" || shown) {
			return mark.Version
		}
	}
	tb.Fatalf("this Logto is older than %s", since.Oldest)
	return ""
}
