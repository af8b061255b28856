// SPDX-License-Identifier: MPL-2.0

// Command licenses writes THIRD_PARTY_LICENSES.md: the modules that are in the binary of
// the provider, with the texts of their licenses, which a binary must come with. With
// -check it fails when the file is another one. Versions are left out, so that an update
// of a module changes nothing unless its license changes.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const file = "THIRD_PARTY_LICENSES.md"

func main() {
	check := flag.Bool("check", false, "fail when the file is not up to date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	folders, err := modules()
	if err != nil {
		return err
	}
	text, err := document(folders)
	if err != nil {
		return err
	}
	if !check {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
		return nil
	}
	was, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	if !bytes.Equal(bytes.ReplaceAll(was, []byte("\r\n"), []byte("\n")), text) {
		return errors.New(file + " is not up to date: run make licenses")
	}
	return nil
}

// modules are the folders of the modules in a binary for any operating system that is
// released, by their paths. The Go standard library is one of them.
func modules() (map[string]string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find Go: %w", err)
	}
	folders := map[string]string{"Go standard library": strings.TrimSpace(string(root))}
	for _, system := range []string{"darwin", "freebsd", "linux", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("list the modules for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			if path, folder, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				folders[path] = folder
			}
		}
	}
	return folders, nil
}

// document is the file for modules in those folders.
func document(folders map[string]string) ([]byte, error) {
	var table, texts bytes.Buffer
	users := map[string][]string{} // text → modules that have it
	for _, path := range slices.Sorted(maps.Keys(folders)) {
		found, err := licenseFiles(folders[path])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		var kinds []string
		for _, text := range found {
			if kind := kindOf(text); kind != "" && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
			users[text] = append(users[text], path)
		}
		if len(kinds) == 0 {
			return nil, fmt.Errorf("%s: its license is none of those that this provider can be distributed with", path)
		}
		fmt.Fprintf(&table, "| %s | %s |\n", path, strings.Join(kinds, ", "))
	}
	byModule := slices.SortedFunc(maps.Keys(users), func(a, b string) int {
		return slices.Compare(append(slices.Clone(users[a]), a), append(slices.Clone(users[b]), b))
	})
	for _, text := range byModule {
		fmt.Fprintf(&texts, "\n## %s\n\n```text\n%s\n```\n", strings.Join(users[text], ", "), strings.ReplaceAll(text, "```", "'''"))
	}
	const head = "<!-- Written by \"make licenses\". -->\n# Licenses of what the provider is built with\n\n| module | license |\n|---|---|\n"
	return slices.Concat([]byte(head), table.Bytes(), texts.Bytes()), nil
}

var licenseName = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice)([.-].*)?$`)

// licenseFiles are the texts of the license files in a folder, by name.
func licenseFiles(folder string) (texts []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("read the module: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !licenseName.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the license: %w", err)
		}
		texts = append(texts, tidy(string(text)))
	}
	return texts, nil
}

// tidy leaves out what differs between texts that say the same.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// kindOf is the SPDX identifier of a license, "" for one that is not known here.
func kindOf(text string) string {
	has := func(words string) bool {
		return strings.Contains(strings.Join(strings.Fields(strings.ToLower(text)), " "), strings.ToLower(words))
	}
	switch {
	case has("GNU General Public License") && !has("Secondary License"), has("GNU Lesser General Public License") && !has("Secondary License"):
		return ""
	case has("Mozilla Public License") && has("version 2.0"):
		return "MPL-2.0"
	case has("Apache License") && has("Version 2.0"):
		return "Apache-2.0"
	case has("Redistribution and use in source and binary forms") && (has("Neither the name") || has("may be used to endorse")):
		return "BSD-3-Clause"
	case has("Redistribution and use in source and binary forms"):
		return "BSD-2-Clause"
	case has("Permission is hereby granted, free of charge"):
		return "MIT"
	}
	return ""
}
