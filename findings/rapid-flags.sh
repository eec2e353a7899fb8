#!/bin/sh
# Tool: pgregory.net/rapid v1.3.0 with go test
# Behaviour: go test ./... -rapid.checks=1000 fails in each package whose tests do not import rapid: "flag provided but not defined".
# Expected: a flag of the run reaches the packages that know it.
# Matters: a nightly run with more checks cannot be one command over all packages. Name the packages, or read a variable of the environment.
# Seen:
#   with rapid: ok    without: FAIL
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get pgregory.net/rapid@v1.3.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
mkdir with without
cat >with/it_test.go <<'END'
package with

import (
	"testing"

	"pgregory.net/rapid"
)

func TestIt(t *testing.T) { rapid.Check(t, func(t *rapid.T) { rapid.Bool().Draw(t, "it") }) }
END
printf 'package without\n\nimport "testing"\n\nfunc TestIt(*testing.T) {}\n' >without/it_test.go
go vet ./... || exit 2
go test ./... -rapid.checks=10 >printed 2>&1 || true
grep -E '^(ok|FAIL|flag)' printed || true
grep -q '^ok .*/with\b' printed || changed "the package with rapid fails"
grep -q 'flag provided but not defined: -rapid.checks' printed || changed "the package without rapid takes the flag"

echo "as described"
