#!/bin/sh
# Tool: @actions/workflow-parser 0.3.61 on Node 20
# Behaviour: the package cannot be imported: it is an ES module that imports JSON without saying so, which Node 20 refuses.
#   Bundled with esbuild the same code works.
# Expected: a published package can be imported on a version of Node that its package.json names (>= 20).
# Matters: GitHub's own reading of a workflow is the best check of a generated one, and the first try ends here.
# Seen:
#   plain     ERR_IMPORT_ASSERTION_TYPE_MISSING
#   bundled   accepted
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
parse("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: x}]}}\n").then(console.log);
END
plain=$(node it.mjs 2>&1) && changed "the package is imported"
echo "$plain" | grep -o 'ERR_IMPORT_[A-Z_]*' | head -1
echo "$plain" | grep -q 'ERR_IMPORT_.*_MISSING' || changed "it fails for another reason"
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
bundled=$(node it.cjs)
echo "bundled: $bundled"
[ "$bundled" = accepted ] || changed "the bundle says something else"

echo "as described"
