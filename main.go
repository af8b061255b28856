// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-logto is the Terraform provider for Logto. Terraform starts it.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// version is set by the linker in a release.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger, and print what lets Terraform find this process")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/logto-community/logto",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
