#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: act push runs a workflow whatever its branches: and paths: say; only the name of the event counts.
# Expected: on the branch main, a workflow for pushes to release that touch docs/ does not start.
# Matters: which of several workflows a push starts cannot be tried; two that exclude each other both run.
# Seen:
#   on: {push: {branches: [release], paths: [docs/**]}}, on main, docs/ absent: RAN main, rc 0
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

GOBIN=$tmp/bin go install github.com/nektos/act@v0.2.89 || exit 2
mkdir -p home/.config/act repository/.github/workflows
: >home/.config/act/actrc
cd repository
git init -q -b main .
git -c user.name=A -c user.email=a@example.com commit -q --allow-empty -m base

cat >.github/workflows/it.yml <<'END'
on:
  push:
    branches: [release]
    paths: [docs/**]
jobs:
  it:
    runs-on: ubuntu-latest
    steps: [{run: echo "RAN $GITHUB_REF_NAME"}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -q '| RAN main' "$tmp/printed" || changed "the workflow is not run"

echo "as described"
