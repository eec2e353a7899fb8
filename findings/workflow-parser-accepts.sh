#!/bin/sh
# Tool: @actions/workflow-parser 0.3.61
# Behaviour: GitHub's own parser, as published, accepts a job without steps, an action without a version, branches together with
#   branches-ignore, a default that is not among the options of a choice, an output of a step that does not exist, and time limits below zero.
#   It refuses unknown keys, events, functions and needs, and merge keys (<<).
# Expected: the parser of the language service refuses what the documentation forbids.
# Matters: "accepted" is half an answer: ask a linter as well.
# Seen:
#   the six are accepted; a merge key: Unexpected value '<<' …
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 esbuild@0.28.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >parse.mjs <<'END'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

// What the parser says of a workflow.
export async function parse(content) {
  const result = parseWorkflow({ name: "it", content }, new NoOperationTraceWriter());
  const errors = result.context.errors.getErrors().map((e) => e.message);
  if (errors.length === 0) {
    const template = await convertWorkflowTemplate(result.context, result.value);
    errors.push(...(template.errors ?? []).map((e) => e.Message));
  }
  return errors.join("; ") || "accepted";
}
END
cat >it.mjs <<'END'
import { parse } from "./parse.mjs";
const job = (lines) => "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n" + lines;
const workflows = {
  "no steps": job(""),
  "no version": job("    steps: [{uses: actions/checkout}]\n"),
  "both filters": "on: {push: {branches: [a], branches-ignore: [b]}}\njobs: {a: {runs-on: u, steps: [{run: x}]}}\n",
  "default": "on: {workflow_dispatch: {inputs: {c: {type: choice, options: [a], default: b}}}}\njobs: {a: {runs-on: u, steps: [{run: x}]}}\n",
  "output": job("    steps: [{run: 'echo ${{ steps.absent.outputs.x }}'}]\n"),
  "below zero": job("    timeout-minutes: -5\n    steps: [{run: x}]\n"),
  "merge key": "on: push\njobs:\n  a: &a {runs-on: u, steps: [{run: x}]}\n  b: {<<: *a, name: b}\n",
};
(async () => {
  for (const [name, content] of Object.entries(workflows)) console.log(name + ": " + (await parse(content)).slice(0, 60));
})();
END
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
node it.cjs | tee printed
[ "$(grep -c ': accepted$' printed)" = 6 ] || changed "other workflows are accepted"
grep -q "^merge key: .*Unexpected value '<<'" printed || changed "merge keys are read"

echo "as described"
