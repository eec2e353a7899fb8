#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted). This takes 80 seconds: a minute is the least that can be said.
# Behaviour: timeout-minutes of a job has no effect; of a step it works, and the step fails.
# Expected: both work, or neither.
# Matters: what a job does when it runs out of time (clean up, tell somebody) is tried with a step's limit, and is another case: the host cancels
#   the job, for which failure() is false.
# Seen:
#   job: 1 minute    SLEPT after 70 seconds
#   step: 1 minute   FAILED
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
  job:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    steps: [{run: sleep 70; echo SLEPT}]
  step:
    runs-on: ubuntu-latest
    steps: [{run: sleep 70; echo SLEPT TOO, timeout-minutes: 1}, {if: failure(), run: echo FAILED}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push --concurrent-jobs 2 -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁' "$tmp/printed" || true
echo "rc $status"
grep -q '| SLEPT$' "$tmp/printed" || changed "the job ran out of time"
grep -q '| FAILED$' "$tmp/printed" || changed "the step did not run out of time"

echo "as described"
