#!/bin/sh
# Tool: github.com/goccy/go-yaml v1.19.2 beside go.yaml.in/yaml/v3 v3.0.6
# Behaviour: goccy/go-yaml writes the text 12e4 without quotes and reads it back as a text; for yaml/v3 and npm's parsers the same plain
#   12e4 is a number. yaml/v3 quotes it when it writes.
# Expected: what one YAML library writes as a text, another reads as one.
# Matters: a short commit id is such a text now and then (12e4, 1e3): a tag or a version becomes 120000.
# Seen:
#   goccy writes     k: 12e4        goccy reads string 12e4, yaml/v3 reads float64 120000
#   yaml/v3 writes   k: "12e4"
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/goccy/go-yaml@v1.19.2 go.yaml.in/yaml/v3@v3.0.6 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"fmt"

	"github.com/goccy/go-yaml"
	v3 "go.yaml.in/yaml/v3"
)

func main() {
	commit := map[string]string{"k": "12e4"}
	written, _ := yaml.Marshal(commit)
	other, _ := v3.Marshal(commit)
	var own, foreign map[string]any
	fmt.Printf("%q %q\n", written, other)
	fmt.Println(yaml.Unmarshal(written, &own), v3.Unmarshal(written, &foreign))
	fmt.Printf("%T %v, %T %v\n", own["k"], own["k"], foreign["k"], foreign["k"])
}
END
printed=$(go run .) || exit 2
printf '%s\n' "$printed"
[ "$printed" = '"k: 12e4\n" "k: \"12e4\"\n"
<nil> <nil>
string 12e4, float64 120000' ] || changed "the libraries agree, or differ otherwise"

echo "as described"
