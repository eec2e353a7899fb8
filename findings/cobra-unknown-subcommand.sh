#!/bin/sh
# Tool: github.com/spf13/cobra v1.10.2
# Behaviour: a misspelt command is an error at the top (tool lst), and prints the help and ends with 0 below a group (tool env lst). The
#   same holds for cobra's own group: tool completion bsh.
# Expected: an unknown command is an error wherever it stands.
# Matters: a pipeline step with a typing mistake is green and does nothing. Give each group Args: cobra.NoArgs and a RunE.
# Seen:
#   tool lst               rc 1, unknown command "lst" for "tool"
#   tool env lst           rc 0, the help of env
#   tool completion bsh    rc 0, the help of completion
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/spf13/cobra@v1.10.2 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"os"

	"github.com/spf13/cobra"
)

func main() {
	tool := &cobra.Command{Use: "tool"}
	env := &cobra.Command{Use: "env", Short: "environments"}
	env.AddCommand(&cobra.Command{Use: "list", Run: func(*cobra.Command, []string) {}})
	tool.AddCommand(env)
	if tool.Execute() != nil {
		os.Exit(1)
	}
}
END
go build -o tool . || exit 2
status() { "$@" >/dev/null 2>&1 && echo 0 || echo $?; }
top=$(status ./tool lst) below=$(status ./tool env lst) completion=$(status ./tool completion bsh)
echo "tool lst: $top, tool env lst: $below, tool completion bsh: $completion"
[ "$top" = 1 ] || changed "an unknown command at the top is no error"
[ "$below" = 0 ] || changed "an unknown command of a group is an error"
[ "$completion" = 0 ] || changed "an unknown command of completion is an error"

echo "as described"
