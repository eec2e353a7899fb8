#!/bin/sh
# Tool: @actions/workflow-parser 0.3.61
# Behaviour: a value of env: without quotes is read as a number of YAML 1.2 and written back as JavaScript prints numbers: 5e12345 is the text Infinity,
#   12e4 is 120000, 017 is 17, 3.10 is 3.1. 1_000 and yes stay.
# Expected: an environment variable holds the text that stands in the file.
# Matters: a short commit id of digits with one e in it is such a number: pinned by hand in env:, it works for most commits and not for some. Quote it.
# Seen:
#   5e12345 Infinity, 12e4 120000, 017 17, 3.10 3.1, 1_000 1_000, yes yes, "5e12345" 5e12345
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 esbuild@0.28.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >it.mjs <<'END'
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
const content = 'on: push\nenv: {A: 5e12345, B: 12e4, C: 017, D: 3.10, E: 1_000, F: yes, G: "5e12345"}\njobs: {a: {runs-on: u, steps: [{run: x}]}}\n';
const workflow = parseWorkflow({ name: "it", content }, new NoOperationTraceWriter()).value.assertMapping("workflow");
const env = [...Array(workflow.count).keys()].map((i) => workflow.get(i)).find((pair) => pair.key.toString() === "env").value.assertMapping("env");
console.log([...Array(env.count).keys()].map((i) => env.get(i).value.toString()).join(" "));
END
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
printed=$(node it.cjs)
echo "$printed"
[ "$printed" = "Infinity 120000 17 3.1 1_000 yes 5e12345" ] || changed "values are read otherwise"

echo "as described"
