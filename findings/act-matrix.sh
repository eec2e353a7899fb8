#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: when one job of a matrix fails, the others run all the same (fail-fast, which is the default, has no effect), and each of them is
#   told as failed although its steps passed. Of a matrix that passes, a job's output is the first one's.
# Expected: the rest is cancelled, what passed is told as passed, and the output is that of the job that ended last, as GitHub documents it.
# Matters: which part of a matrix is broken cannot be read from the run, and a value that goes on from a matrix is another one on the host.
# Seen:
#   1 fails: V 2 and V 3 run, "Job failed" three times; output of 1, 2, 3 one after the other: 1
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
  fails:
    runs-on: ubuntu-latest
    strategy: {max-parallel: 1, matrix: {v: [1, 2, 3]}}
    steps: [{run: 'echo "V ${{ matrix.v }}"; test ${{ matrix.v }} != 1'}]
  passes:
    runs-on: ubuntu-latest
    strategy: {max-parallel: 1, matrix: {v: [1, 2, 3]}}
    outputs: {v: '${{ steps.it.outputs.v }}'}
    steps: [{id: it, run: 'echo "v=${{ matrix.v }}" >>"$GITHUB_OUTPUT"'}]
  after:
    needs: passes
    runs-on: ubuntu-latest
    steps: [{run: 'echo "OUTPUT ${{ needs.passes.outputs.v }}"'}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁' "$tmp/printed" || true
[ "$status" = 1 ] || changed "it ends with $status"
grep -q '| V 3' "$tmp/printed" || changed "the rest is cancelled"
[ "$(grep -c 'fails-[123].*Job failed' "$tmp/printed")" = 3 ] || changed "what passed is told as passed"
grep -q '| OUTPUT 1' "$tmp/printed" || changed "the output is another one"

echo "as described"
