#!/bin/sh
# Tool: github.com/goccy/go-yaml v1.19.2 beside go.yaml.in/yaml/v3 v3.0.6
# Behaviour: where <<: merges a list of mappings that have a key in common, goccy/go-yaml takes the last one's value into an any, and refuses the
#   same text with "duplicate key" into a map. yaml/v3 takes the first one's, as the merge type of YAML 1.1 says (js-yaml 4 in
#   gitlab-ci-local does too).
# Expected: earlier mappings of the list go before later ones, whatever is decoded into.
# Matters: <<: [*special, *defaults] is common in GitLab CI files; a tool on goccy/go-yaml sees other variables, or none.
# Seen:
#   <<: [{x: 1}, {x: 2}] into any               goccy 2, yaml/v3 1
#   the same into map[string]int                goccy [1:15] duplicate key "x", yaml/v3 1
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
	"strings"

	"github.com/goccy/go-yaml"
	v3 "go.yaml.in/yaml/v3"
)

func main() {
	source := []byte("<<: [{x: 1}, {x: 2}]\n")
	var last, first any
	fmt.Println("any", yaml.Unmarshal(source, &last), v3.Unmarshal(source, &first), last, first)
	var refused, taken map[string]int
	message, _, _ := strings.Cut(fmt.Sprint(yaml.Unmarshal(source, &refused)), "\n")
	fmt.Println("map", message, v3.Unmarshal(source, &taken), taken)
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = 'any <nil> <nil> map[x:2] map[x:1]
map [1:15] duplicate key "x" <nil> map[x:1]' ] || changed "the list is merged otherwise"

echo "as described"
