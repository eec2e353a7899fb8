//go:build !manual

package main

import "github.com/spf13/cobra"

func (*command) manual() []*cobra.Command { return nil }
