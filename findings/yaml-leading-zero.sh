#!/bin/sh
# Tool: go.yaml.in/yaml/v3 v3.0.6 and v4 v4.0.0 beside npm's js-yaml 5.5.0 and yaml 2.9.1
# Behaviour: 017 is 15 for the Go libraries, which keep YAML 1.1's octal numbers, and 17 for those of npm, which read YAML 1.2. 1_000 is a
#   number for the first and a text for the others. All take 08 for 8.
# Expected: one file, one value.
# Matters: tools in Go (act, actionlint) and in JavaScript (gitlab-ci-local, GitHub's and Azure's language services) read the same pipeline: a mode, a
#   month or an id with a zero in front is not the same for all.
# Seen:
#            017   1_000   08
#   Go v3    15    1000    8
#   Go v4    15    1000    8
#   js-yaml  17    "1_000" 8
#   yaml     17    "1_000" 8
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund js-yaml@5.5.0 yaml@2.9.1 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
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
	source := []byte("[017, 1_000, 08]\n")
	var third, fourth any
	fmt.Println(v3.Unmarshal(source, &third), v4.Unmarshal(source, &fourth))
	for _, value := range []any{third, fourth} {
		text, _ := json.Marshal(value)
		fmt.Println(string(text))
	}
}
END
cat >it.mjs <<'END'
import { load } from "js-yaml";
import { parse } from "yaml";
console.log(JSON.stringify(load("[017, 1_000, 08]")));
console.log(JSON.stringify(parse("[017, 1_000, 08]")));
END
printed=$(go run main.go && node it.mjs)
echo "$printed"
[ "$printed" = '<nil> <nil>
[15,1000,8]
[15,1000,8]
[17,"1_000",8]
[17,"1_000",8]' ] || changed "numbers are read otherwise"

echo "as described"
