#!/bin/sh
# Tool: @actions/exec 3.0.0 and azure-pipelines-task-lib 5.281.0
# Behaviour: the command lines that actions and tasks hand to exec() and line() know double quotes only: single quotes are letters, and a
#   backslash is one too, except before a quote. An empty argument "" is dropped by the first and kept by the second.
# Expected: the words of a shell, as the line looks like one.
# Matters: exec("git commit -m 'two words'") commits with the message 'two, and an option whose value is empty takes the next word as its
#   value. Hand over a list of arguments.
# Seen:
#   -m 'two words'   ["-m", "'two", "words'"] in both
#   a\ b             ["a\", "b"] in both
#   "" x             exec ["x"], task-lib ["", "x"]
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/exec@3.0.0 azure-pipelines-task-lib@5.281.0 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >arguments.cjs <<'END'
console.log(JSON.stringify(process.argv.slice(2)));
END
cat >it.mjs <<'END'
import { getExecOutput } from "@actions/exec";
import { createRequire } from "node:module";
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // the task library prints what it does
const task = createRequire(import.meta.url)("azure-pipelines-task-lib");
for (const line of ["-m 'two words'", "a\\ b", '"" x']) {
  const run = await getExecOutput("node arguments.cjs " + line, [], { silent: true });
  const tool = task.tool(process.execPath);
  tool.line(line);
  write(line + ": " + run.stdout.trim() + " " + JSON.stringify(tool.args) + "\n");
}
END
printed=$(node it.mjs)
printf '%s\n' "$printed"
[ "$printed" = "-m 'two words': [\"-m\",\"'two\",\"words'\"] [\"-m\",\"'two\",\"words'\"]
a\\ b: [\"a\\\\\",\"b\"] [\"a\\\\\",\"b\"]
\"\" x: [\"x\"] [\"\",\"x\"]" ] || changed "lines are taken apart otherwise"

echo "as described"
