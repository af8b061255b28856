// SPDX-License-Identifier: MPL-2.0

// Command demo shows what the provider does: the real Terraform builds the
// tenant of examples/demo in a Logto in memory, finds nothing to change, repairs
// what somebody changes outside of it, and removes everything again. Each promise
// is checked; the first that does not hold ends the demo with an error.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	cli := flag.String("cli", "", "`path` of the terraform or tofu to use, instead of the one on PATH")
	verbose := flag.Bool("v", false, "show what Terraform prints as well")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, *cli, *verbose); err != nil {
		stop()
		fmt.Fprintf(os.Stderr, "\nThe demo failed: %v\n", err)
		os.Exit(1)
	}
}
