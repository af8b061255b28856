// SPDX-License-Identifier: MPL-2.0

// Command fuzz runs every fuzz target of the repository for a while, one after the other:
// Go runs one target at a time. What a target finds is in testdata/fuzz of its package.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	duration := flag.String("time", "1m", "how long to run each target")
	only := flag.String("run", "", "run the targets whose names match this regular expression")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := fuzz(ctx, *duration, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var target = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

func fuzz(ctx context.Context, duration, only string) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("read -run: %w", err)
	}
	files, err := testFiles("internal")
	if err != nil {
		return err
	}
	var failed []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read the tests: %w", err)
		}
		for _, found := range target.FindAllStringSubmatch(string(content), -1) {
			name := found[1]
			if !wanted.MatchString(name) {
				continue
			}
			folder := "./" + filepath.ToSlash(filepath.Dir(file))
			fmt.Printf("== %s of %s\n", name, folder)
			run := exec.CommandContext(ctx, "go", "test", "-vet=off", folder, "-run=^$", "-fuzz=^"+name+"$", "-fuzztime="+duration)
			run.Cancel = func() error { return run.Process.Signal(os.Interrupt) }
			run.Stdout, run.Stderr = os.Stdout, os.Stderr
			if err := run.Run(); err != nil {
				failed = append(failed, name)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("these targets found something: %s", strings.Join(failed, ", "))
	}
	return nil
}

// testFiles are the files with tests below a folder.
func testFiles(folder string) (files []string, err error) {
	err = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the tests: %w", err)
	}
	slices.Sort(files)
	return files, nil
}
