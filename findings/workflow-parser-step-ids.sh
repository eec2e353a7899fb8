#!/bin/sh
# Tool: @actions/workflow-parser 0.3.61 and @actions/expressions 0.3.61
# Behaviour: ids of steps that differ in capitals alone (s and S) are accepted, although ids of jobs that do are refused as defined twice, and so
#   are two steps that are both called s. GitHub's own expressions tell no capitals apart: a context that is given both keeps the first, under
#   either name, and drops the second without a word.
# Expected: what an expression cannot tell apart is refused for steps as it is for jobs.
# Matters: a step that is copied and renamed by a capital runs, and who reads its outputs gets those of the other one; compare ids without capitals.
# Seen:
#   steps s, s   The identifier 's' may not be used more than once within the same scope.
#   steps s, S   accepted
#   jobs a, A    'A' is already defined
#   steps.s      first
#   steps.S      first
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 @actions/expressions@0.3.61 esbuild@0.28.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >it.mjs <<'END'
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

// What the parser says of a workflow.
async function parse(content) {
  const result = parseWorkflow({ name: "it", content }, new NoOperationTraceWriter());
  const errors = result.context.errors.getErrors().map((e) => e.message);
  if (errors.length === 0) {
    const template = await convertWorkflowTemplate(result.context, result.value);
    errors.push(...(template.errors ?? []).map((e) => e.Message));
  }
  return errors.join("; ").replace(/^it \(Line: \d+, Col: \d+\): /, "") || "accepted";
}

const steps = (...ids) => "on: push\njobs: {a: {runs-on: u, steps: [" + ids.map((id) => "{id: " + id + ", run: x}").join(", ") + "]}}\n";
const known = new data.Dictionary();
known.add("s", new data.StringData("first"));
known.add("S", new data.StringData("second"));
const context = new data.Dictionary({ key: "steps", value: known });

// What an expression is worth.
function value(expression) {
  return new Evaluator(new Parser(new Lexer(expression).lex().tokens, ["steps"], []).parse(), context).evaluate().coerceString();
}

(async () => {
  console.log("steps s, s: " + (await parse(steps("s", "s"))));
  console.log("steps s, S: " + (await parse(steps("s", "S"))));
  console.log("jobs a, A: " + (await parse("on: push\njobs:\n  a: {runs-on: u, steps: [{run: x}]}\n  A: {runs-on: u, steps: [{run: x}]}\n")));
  for (const expression of ["steps.s", "steps.S"]) console.log(expression + ": " + value(expression));
})();
END
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
printed=$(node it.cjs)
echo "$printed"
[ "$printed" = "steps s, s: The identifier 's' may not be used more than once within the same scope.
steps s, S: accepted
jobs a, A: 'A' is already defined
steps.s: first
steps.S: first" ] || changed "ids of steps are told apart otherwise"

echo "as described"
