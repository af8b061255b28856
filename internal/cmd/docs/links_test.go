// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every link from one page to another, or to a heading of a page, leads somewhere, and the first pages
// list every guide.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^):]*)\)`)
	code := regexp.MustCompile("(?s)```.*?```")
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "examples/*/*/README.md"} {
		pages = append(pages, filesOf(t, pattern)...)
	}
	for _, page := range pages {
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(read(t, page), ""), -1) {
			file, heading, _ := strings.Cut(m[1], "#")
			target := page
			if file != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(file))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links %s, which is not there", page, m[1])
				continue
			}
			if heading == "" || strings.HasPrefix(heading, "nested") {
				continue
			}
			if !hasHeading(read(t, target), heading) {
				t.Errorf("%s links %s, which has no such heading", page, m[1])
			}
		}
	}
	for _, guide := range filesOf(t, "docs/guides/*.md") {
		for _, page := range []string{"README.md", "docs/index.md"} {
			if name := "guides/" + filepath.Base(guide); !strings.Contains(read(t, root+filepath.FromSlash(page)), name) {
				t.Errorf("%s does not list %s", page, name)
			}
		}
	}
}

func hasHeading(text, name string) bool {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		if anchor(m[1]) == name {
			return true
		}
	}
	return false
}
