#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: continue-on-error of a job has no effect: the run fails, and the jobs that need it are not started. (Of a step it works.)
# Expected: as GitHub documents it, the run goes on and passes.
# Matters: checks that are allowed to fail stop a local run, and what comes after them cannot be tried without taking the key's meaning into
#   one's own hands.
# Seen:
#   Job 'may-fail' failed, rc 1; job "after" not run
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
on: push
jobs:
  may-fail:
    runs-on: ubuntu-latest
    continue-on-error: true
    steps: [{run: echo FIRST, continue-on-error: true}, {run: exit 3}]
  after:
    needs: may-fail
    runs-on: ubuntu-latest
    steps: [{run: echo AFTER}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁|^Error' "$tmp/printed" || true
[ "$status" = 1 ] || changed "it ends with $status"
grep -q '| FIRST' "$tmp/printed" || changed "the job did not start"
if grep -q '| AFTER' "$tmp/printed"; then changed "the job after is run"; fi

echo "as described"
