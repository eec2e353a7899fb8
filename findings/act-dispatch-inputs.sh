#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: of workflow_dispatch's inputs neither required nor the options of a choice are asked for: a missing one is empty, any value is taken, and a
#   choice without a default is empty, where GitHub's form offers the first option.
# Expected: the run is refused, as the host's API does.
# Matters: whether a pipeline itself checks what it was given can be tried well, whether the form protects it cannot. Jobs see the empty
#   value here and never on the host.
# Seen:
#   needed=[] kind=[other] first=[], rc 0
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
  workflow_dispatch:
    inputs:
      needed: {type: string, required: true}
      kind: {type: choice, options: [one, two]}
      first: {type: choice, options: [one, two]}
jobs:
  it:
    runs-on: ubuntu-latest
    env: {NEEDED: '${{ inputs.needed }}', KIND: '${{ inputs.kind }}', FIRST: '${{ inputs.first }}'}
    steps: [{run: 'echo "needed=[$NEEDED] kind=[$KIND] first=[$FIRST]"'}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" workflow_dispatch --input kind=other -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -qF '| needed=[] kind=[other] first=[]' "$tmp/printed" || changed "inputs are asked for"

echo "as described"
