#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: a job whose runs-on names a label that act was not told of is skipped, with all that needs it, and the run ends with 0.
# Expected: a job that nobody can run fails the run, or waits, as on the host.
# Matters: a workflow whose checks stand on Windows or on a runner of one's own is green on a laptop, and nothing was run.
# Seen:
#   Skipping unsupported platform -- Try running with `-P windows-latest=...`, rc 0
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
  check:
    runs-on: windows-latest
    steps: [{run: exit 1}]
  after:
    needs: check
    runs-on: ubuntu-latest
    steps: [{run: 'echo "AFTER [${{ needs.check.result }}]"'}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🚧|🏁|^Error' "$tmp/printed" || true
echo "rc $status"
grep -q 'Skipping unsupported platform' "$tmp/printed" || changed "the job is not skipped"
[ "$status" = 0 ] || changed "it ends with $status"
if grep -q '| AFTER' "$tmp/printed"; then changed "what needs the job is run"; fi

echo "as described"
