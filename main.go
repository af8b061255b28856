// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-logto is the Terraform provider for Logto. Terraform
// starts it; people may do so for "export".
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/logto-community/terraform-provider-logto/internal/export"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// version is set by the linker in a release.
var version = "dev"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "export" {
		os.Exit(export.Run(context.Background(), version, os.Args[2:], os.Stdout, os.Stderr))
	}
	flag.Usage = usage
	attach := flag.Bool("debug", false, "wait for a debugger, and print what lets Terraform find this process")
	flag.Parse()
	beQuick()
	if !*attach {
		outliveTermination()
	}

	var opts []tf6server.ServeOpt
	if *attach {
		opts = append(opts, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/logto-community/logto", provider.Server(version), opts...)
	if err != nil {
		log.Fatal(err)
	}
}

// usage says what a person can do with the provider's binary.
func usage() {
	out := flag.CommandLine.Output()
	_, _ = fmt.Fprintln(out, "Terraform starts this program. The command export writes a tenant as a configuration: see export -h.\n\nFlags:")
	flag.PrintDefaults()
}

// memoryLimit is when garbage is collected all the same, in bytes. The program itself and
// what the runtime adds come on top, and stay under 200 MB together with it.
const memoryLimit = 150 << 20

// beQuick saves what takes more than half of the processor's time in a plan of
// many objects.
func beQuick() {
	// Terraform is sent every trace line of the libraries, parses it and drops it
	// unless somebody asked for logs with one of the TF_LOG variables.
	if !slices.ContainsFunc(os.Environ(), asksForLogs) {
		_ = os.Setenv("TF_LOG_SDK", "off") // without it there are only too many lines
	}
	// The provider holds a few megabytes for some seconds: collecting its
	// garbage less often costs nothing.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	// Not so where a server answers with a flood.
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// outliveTermination keeps this process running when all processes of a group are
// asked to end, as those of a cancelled CI job are. Terraform then waits for the
// calls under way, saves what they made, and ends the provider itself.
func outliveTermination() {
	terraform := os.Getppid()
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	go func() {
		for range asked {
			if os.Getppid() != terraform { // Terraform was killed
				os.Exit(1)
			}
		}
	}()
}

func asksForLogs(variable string) bool {
	name, value, _ := strings.Cut(variable, "=")
	return strings.HasPrefix(name, "TF_LOG") && value != ""
}
