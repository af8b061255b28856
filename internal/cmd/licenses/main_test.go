// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const mit = "MIT License\n\nPermission is hereby granted, free of charge, to any person"

// Two modules with the same license share its text, and a module without a license that
// is known is an error.
func TestDocument(t *testing.T) {
	t.Parallel()
	module := func(name, text string) string {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	text, err := document(map[string]string{
		"example.com/b": module("LICENSE", mit+"\r\n"), "example.com/a": module("LICENSE.txt", mit), "example.com/c": module("COPYING", "Apache License Version 2.0"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| example.com/a | MIT |\n| example.com/b | MIT |\n| example.com/c | Apache-2.0 |", "## example.com/a, example.com/b\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	for name, folder := range map[string]string{
		"no file": module("README.md", mit), "strange": module("LICENSE", "All rights reserved"), "GPL": module("LICENSE", "GNU General Public License version 3"),
	} {
		if _, err := document(map[string]string{"example.com/x": folder}); err == nil || !strings.Contains(err.Error(), "example.com/x") {
			t.Errorf("%s: %v, want an error that names the module", name, err)
		}
	}
}
