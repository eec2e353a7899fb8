#!/bin/sh
# Tool: github.com/rhysd/actionlint v1.7.12 with go.yaml.in/yaml/v4 v4.0.0
# Behaviour: actionlint as a library does not compile in a module that also needs the released yaml/v4: it was written for v4.0.0-rc.3, and
#   errors changed their types between that and v4.0.0.
# Expected: a later v4 of a module can take the place of an earlier one, as minimal version selection assumes.
# Matters: a program that checks workflows with actionlint cannot take yaml/v4, nor any dependency that does: run it as a program of its own.
# Seen:
#   v4.0.0-rc.3   builds
#   v4.0.0        te.Errors[0].Error undefined (type string has no field or method Error) …
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
printf 'package main\n\nimport "github.com/rhysd/actionlint"\n\nfunc main() { _ = actionlint.LinterOptions{} }\n' >main.go
go get github.com/rhysd/actionlint@v1.7.12 2>/dev/null || { echo "the module could not be fetched" >&2; exit 2; }
go list -m go.yaml.in/yaml/v4
go build -o with-candidate . || changed "it does not build with what it asks for"
go get go.yaml.in/yaml/v4@v4.0.0 2>/dev/null || { echo "the module could not be fetched" >&2; exit 2; }
go list -m go.yaml.in/yaml/v4
if go build -o with-release . 2>printed; then changed "it builds with v4.0.0"; fi
head -2 printed
grep -q 'te.Errors\[0\].Error undefined' printed || changed "it fails for another reason"

echo "as described"
