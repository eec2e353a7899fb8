#!/bin/sh
# Tool: js-yaml 5.5.0 beside 4.3.2
# Behaviour: load() of version 5 (June 2026) no longer merges: << is a key like any other, without an error. An empty file, or one of comments alone, is
#   an exception, where version 4 returned null.
# Expected: what many files rely on goes away with an error, and an empty document is null as in other YAML libraries.
# Matters: a script that reads .gitlab-ci.yml or a Compose file finds jobs without what they share, and validates less. schema: YAML11_SCHEMA merges.
# Seen:
#   a: {<<: {x: 1}}   5: {"a":{"<<":{"x":1}}}   4: {"a":{"x":1}}   5 with YAML11_SCHEMA: {"a":{"x":1}}
#   # empty           5: expected a document, but the input is empty   4: null
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund five@npm:js-yaml@5.5.0 four@npm:js-yaml@4.3.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >it.mjs <<'END'
import * as five from "five";
import * as four from "four";
const show = (read) => {
  try {
    return JSON.stringify(read()) ?? "undefined";
  } catch (e) {
    return e.message.split(/ \(|\n/)[0];
  }
};
for (const text of ["a: {<<: {x: 1}}\n", "# empty\n"]) {
  console.log([show(() => five.load(text)), show(() => four.load(text))].join(" | "));
}
console.log(show(() => five.load("a: {<<: {x: 1}}\n", { schema: five.YAML11_SCHEMA })));
END
printed=$(node it.mjs)
echo "$printed"
[ "$printed" = '{"a":{"<<":{"x":1}}} | {"a":{"x":1}}
expected a document, but the input is empty | null
{"a":{"x":1}}' ] || changed "the versions read otherwise"

echo "as described"
