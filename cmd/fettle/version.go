package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (c *command) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of fettle",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(c.stdout, "fettle", buildVersion())
			return err
		},
	}
}

// stamped is the version of a release, which its build writes here:
// -ldflags "-X main.stamped=v0.9.0". Other builds have none.
var stamped string

// buildVersion is what a release was built as, or what the Go toolchain knows of
// this build.
func buildVersion() string {
	if stamped != "" {
		return stamped
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
