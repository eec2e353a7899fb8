#!/bin/sh
# Tool: act 0.2.89, @actions/workflow-parser 0.3.61 and actionlint 1.7.12
# Behaviour: a condition in a block of YAML (if: |) ends with a line end. With ${{ }} around it that makes it a text, which is true: the step of
#   "${{ false }}" runs in act, and GitHub's parser says nothing. Without ${{ }}, or with >-, it is false. actionlint finds it.
# Expected: a blank behind the expression has no meaning.
# Matters: long conditions are written in blocks, and ${{ }} is habit: a deployment that must not run is run.
# Seen:
#   act: BLOCK   parser: accepted
#   actionlint: if: condition "${{ false }}\n" is always evaluated to true because extra characters are around ${{ }}
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 esbuild@0.28.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
GOBIN=$tmp/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 || exit 2
cat >it.mjs <<'END'
import fs from "node:fs";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
(async () => {
  const result = parseWorkflow({ name: "it", content: fs.readFileSync(process.argv[2], "utf8") }, new NoOperationTraceWriter());
  const errors = result.context.errors.getErrors().map((e) => e.message);
  if (errors.length === 0) errors.push(...((await convertWorkflowTemplate(result.context, result.value)).errors ?? []).map((e) => e.Message));
  console.log(errors.join("; ") || "accepted");
})();
END
node_modules/.bin/esbuild it.mjs --bundle --platform=node --format=cjs --log-level=error --outfile=it.cjs
GOBIN=$tmp/bin go install github.com/nektos/act@v0.2.89 || exit 2
mkdir -p home/.config/act repository/.github/workflows
: >home/.config/act/actrc
cd repository
git init -q -b main .
git -c user.name=A -c user.email=a@example.com commit -q --allow-empty -m base

cat >.github/workflows/it.yml <<'END'
on: push
jobs:
  it:
    runs-on: ubuntu-latest
    steps:
      - run: echo BLOCK
        if: |
          ${{ false }}
      - run: echo FOLDED
        if: >-
          ${{ false }}
      - run: echo BARE
        if: |
          false
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
lint=$("$tmp/bin/actionlint" -shellcheck= -oneline .github/workflows/it.yml || true)
parser=$(node ../it.cjs .github/workflows/it.yml)
ran=$(sed -n 's/.*  | //p' "$tmp/printed")
printf '%s\n' "act ran: $ran, rc $status" "parser: $parser" "$lint"
[ "$ran" = BLOCK ] || changed "other steps are run"
[ "$parser" = accepted ] || changed "the parser refuses it"
echo "$lint" | grep -q 'always evaluated to true' || changed "actionlint does not find it"

echo "as described"
