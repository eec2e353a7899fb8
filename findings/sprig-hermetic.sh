#!/bin/sh
# Tool: github.com/Masterminds/sprig/v3 v3.3.0
# Behaviour: the "hermetic" function map still has shuffle, randInt, bcrypt, htpasswd, genPrivateKey and others that give something else each
#   time, and keys and values, whose order changes.
# Expected: what its documentation promises: functions that are repeatable, without time and randomness.
# Matters: a generator whose output is compared (fmt --check, a golden file, a diff in review) is not reproducible. Use an allow-list.
# Seen:
#   shuffle "abcdefgh"        more than one result in 50
#   keys of four              more than one order in 50
#   removed are: env, expandenv, now, date*, uuidv4, rand* of texts, getHostByName …
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/Masterminds/sprig/v3@v3.3.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func main() {
	functions := sprig.HermeticTxtFuncMap()
	for _, source := range []string{`{{shuffle "abcdefgh"}}`, `{{keys (dict "a" 1 "b" 2 "c" 3 "d" 4)}}`} {
		t := template.Must(template.New("").Funcs(functions).Parse(source))
		results := map[string]bool{}
		for range 50 {
			var out strings.Builder
			if err := t.Execute(&out, nil); err != nil {
				panic(err)
			}
			results[out.String()] = true
		}
		fmt.Println(source, "more than one result:", len(results) > 1)
	}
	for _, name := range []string{"randInt", "bcrypt", "htpasswd", "genPrivateKey", "now", "uuidv4"} {
		fmt.Println(name, functions[name] != nil)
	}
}
END
go run . | tee printed
[ "$(grep -c 'more than one result: true' printed)" = 2 ] || changed "the results are always the same"
[ "$(grep -c ' true$' printed)" = 6 ] || changed "other functions are in the map"

echo "as described"
