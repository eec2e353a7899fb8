#!/bin/sh
# Tool: act 0.2.89, actionlint 1.7.12 and @actions/workflow-parser 0.3.61
# Behaviour: of three keys that GitHub took up in 2026 each reader knows others: concurrency.queue, environment.deployment and a step's
#   background. act refuses the whole workflow for one of them, and in the error of the last two also calls runs-on and steps unknown.
# Expected: a key that is younger than the tool is named alone, or is ignored with a warning.
# Matters: a workflow that GitHub runs cannot be tried or checked before; take the key out of the copy that act reads, and silence actionlint for it alone.
# Seen:
#                 queue     deployment  background
#   parser        accepted  accepted    refused
#   actionlint    refused   accepted    refused
#   act           refused   refused     refused
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 esbuild@0.28.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
GOBIN=$tmp/bin go install github.com/nektos/act@v0.2.89 || exit 2
GOBIN=$tmp/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 || exit 2
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
import fs from "node:fs";
import { parse } from "./parse.mjs";
parse(fs.readFileSync(process.argv[2], "utf8")).then((said) => process.exit(said === "accepted" ? 0 : 1));
END
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
mkdir -p home/.config/act repository
: >home/.config/act/actrc
git init -q repository
job='runs-on: ubuntu-latest, steps: [{run: echo'
printf '%s\n' 'on: push' 'concurrency: {group: it, queue: max}' "jobs: {a: {$job}]}}" >queue.yml
printf '%s\n' 'on: push' "jobs: {a: {environment: {name: it, deployment: false}, $job}]}}" >deployment.yml
printf '%s\n' 'on: push' "jobs: {a: {$job, background: true}]}}" >background.yml
says() { "$@" >printed 2>&1 && echo accepted || echo refused; }
in_act() { (cd repository && env -i PATH="$PATH" HOME="$tmp/home" "$tmp/bin/act" push --list -W "../$1"); }
for key in queue deployment background; do
  echo "$key: $(says node it.cjs $key.yml) $(says bin/actionlint -shellcheck= $key.yml) $(says in_act $key.yml)"
done | tee table
[ "$(cat table)" = "queue: accepted refused refused
deployment: accepted accepted refused
background: refused refused refused" ] || changed "the readers know other keys"
grep -q 'Unknown Property runs-on' printed || changed "act names the key alone"

echo "as described"
