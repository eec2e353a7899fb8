#!/bin/sh
# Tool: go.yaml.in/yaml/v3 v3.0.6 beside go.yaml.in/yaml/v4 v4.0.0
# Behaviour: yaml/v3 refuses the escape \/ in a text, which is valid JSON and valid YAML 1.2. yaml/v4 reads it.
# Expected: a YAML library reads JSON.
# Matters: some JSON encoders (PHP's, and older Java ones) write every slash that way, so a file in JSON that holds an address does not load where
#   "YAML or JSON" is promised.
# Seen:
#   v3  yaml: found unknown escape character
#   v4  https://example.com
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get go.yaml.in/yaml/v3@v3.0.6 go.yaml.in/yaml/v4@v4.0.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"

	v3 "go.yaml.in/yaml/v3"
	v4 "go.yaml.in/yaml/v4"
)

func main() {
	source := []byte(`{"url": "https:\/\/example.com"}`)
	var asJSON, younger, older map[string]string
	fmt.Println("json", json.Unmarshal(source, &asJSON), asJSON["url"])
	fmt.Println("v4", v4.Unmarshal(source, &younger), younger["url"])
	fmt.Println("v3", v3.Unmarshal(source, &older))
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = "json <nil> https://example.com
v4 <nil> https://example.com
v3 yaml: found unknown escape character" ] || changed "the escape is read otherwise"

echo "as described"
