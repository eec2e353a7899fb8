#!/bin/sh
# Tool: act 0.2.89, on the machine itself (-self-hosted)
# Behaviour: two jobs of one concurrency group run at the same time.
# Expected: one after the other, or a word that groups are not known.
# Matters: a lock around a deployment is what one would like to try before it is needed. Here both jobs are inside, and nothing shows it.
# Seen:
#   the first job found the second one inside, rc 0
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

# Each job says that it is inside, and looks for the other for at most twenty seconds.
cat >.github/workflows/it.yml <<'END'
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    concurrency: production
    steps: [{run: 'touch "$HOME/a"; for i in $(seq 20); do [ ! -e "$HOME/b" ] || { echo MET; break; }; sleep 1; done; rm "$HOME/a"'}]
  b:
    runs-on: ubuntu-latest
    concurrency: production
    steps: [{run: 'touch "$HOME/b"; for i in $(seq 20); do [ ! -e "$HOME/a" ] || { echo MET; break; }; sleep 1; done; sleep 3; rm "$HOME/b"'}]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/bin/act" push --concurrent-jobs 2 -P ubuntu-latest=-self-hosted \
  --pull=false --no-cache-server >"$tmp/printed" 2>&1 || status=$?
grep -E '\| |🏁' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -q '| MET' "$tmp/printed" || changed "the jobs did not meet"

echo "as described"
