// SPDX-License-Identifier: MPL-2.0

// Command serve runs a Logto tenant in memory until it is interrupted. It prints
// the environment that a client needs, ready for the shell's eval.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

func main() {
	addr := flag.String("addr", "localhost:3001", "host and port to listen on")
	version := flag.String("version", since.Newest, "version of Logto to be, from "+since.Oldest+" on")
	flag.Parse()
	if err := serve(*addr, *version); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(addr, version string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := fakelogto.NewServer()
	server.BecomeOlder(version)
	if err := server.Listen(addr); err != nil {
		return err
	}
	fmt.Printf("export LOGTO_ENDPOINT=%s\n", server.URL)
	fmt.Printf("export LOGTO_APP_ID=%s\n", fakelogto.AppID)
	fmt.Printf("export LOGTO_APP_SECRET=%s\n", fakelogto.AppSecret)
	<-ctx.Done()
	return server.Close()
}
