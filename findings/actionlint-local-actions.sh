#!/bin/sh
# Tool: github.com/rhysd/actionlint v1.7.12
# Behaviour: uses: ./NAME of an action that does not exist is no finding, where a reusable workflow that does not exist is one. And
#   outside of a git repository neither local actions' inputs nor local workflows are looked at, without a word.
# Expected: a path in the repository that is not there is an error, and a file is judged alike wherever it lies.
# Matters: a renamed folder is found by the first run on the host; and a linter that runs on an unpacked archive or in a container without
#   .git says less than in a clone.
# Seen:
#   in a git repository       missing input "a" …; could not read reusable workflow file …; nothing of ./absent
#   the same without .git     (nothing)
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

GOBIN=$tmp/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 || exit 2
mkdir -p repository/.github/workflows repository/present
cd repository
cat >.github/workflows/it.yml <<'END'
on: push
jobs:
  steps:
    runs-on: ubuntu-latest
    steps:
      - uses: ./absent
      - uses: ./present
  call:
    uses: ./.github/workflows/absent.yml
END
cat >present/action.yml <<'END'
name: present
description: has one input
inputs:
  a: {required: true, description: needed}
runs: {using: composite, steps: [{run: echo, shell: sh}]}
END
outside=$("$tmp/bin/actionlint" -shellcheck= -oneline .github/workflows/it.yml || true)
git init -q .
inside=$("$tmp/bin/actionlint" -shellcheck= -oneline .github/workflows/it.yml || true)
printf '%s\n' "without .git: $outside" "with: $inside"
[ -z "$outside" ] || changed "local actions are looked at without .git"
[ "$(echo "$inside" | wc -l)" = 2 ] || changed "other things are found"
echo "$inside" | grep -q 'missing input "a"' || changed "inputs are not looked at"
echo "$inside" | grep -q 'could not read reusable workflow' || changed "workflows are not looked at"

echo "as described"
