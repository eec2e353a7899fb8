#!/bin/sh
# Tool: github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
# Behaviour: whether "format" is checked depends on the draft: with $schema of draft 7 a wrong date is invalid, without $schema (2020-12) it
#   is valid. And a Go value such as []string is invalid for every type, also "array", with the message "invalid jsonType".
# Expected: one default for formats, and Go's own slices and maps are arrays and objects.
# Matters: schemas of CI systems are of draft 7 and others: the same check is strict in one and not in the other. Read instances
#   with jsonschema.UnmarshalJSON.
# Seen:
#   draft 7, date "nope"    invalid      2020-12, date "nope"   valid
#   array, []string         invalid      array, []any           valid
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/santhosh-tekuri/jsonschema/v6@v6.0.3 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func valid(schema string, instance any) bool {
	source, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("s.json", source); err != nil {
		panic(err)
	}
	return compiler.MustCompile("s.json").Validate(instance) == nil
}

func main() {
	fmt.Println("draft 7", valid(`{"$schema": "http://json-schema.org/draft-07/schema#", "format": "date"}`, "nope"))
	fmt.Println("2020-12", valid(`{"format": "date"}`, "nope"))
	fmt.Println("[]string", valid(`{"type": "array"}`, []string{"a"}))
	fmt.Println("[]any", valid(`{"type": "array"}`, []any{"a"}))
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = "draft 7 false
2020-12 true
[]string false
[]any true" ] || changed "instances are judged otherwise"

echo "as described"
