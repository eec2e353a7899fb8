#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: each variable of the environment whose name begins with GCL is read as an option, whatever follows: GCLIENT=1 is the unknown option
#   "ient", and nothing runs.
# Expected: names that begin with GCL_, as its own messages write them, and others left alone.
# Matters: one exported variable of another tool ends every local run, with a message that names neither the variable nor the environment.
# Seen:
#   GCLIENT=1   Unknown argument: ient, rc 1
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund gitlab-ci-local@4.73.0 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
# A pipeline is run in a repository of its own, without what the environment says.
mkdir home repository
cd repository
git init -q -b main .
git config user.name A
git config user.email a@example.com
git remote add origin https://git.example.com/group/project.git
printf ".gitlab-ci-local\n" >.gitignore
git add .
git commit -q -m base
git update-ref refs/remotes/origin/main HEAD
git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main

printf 'job:\n  script: [echo it ran]\n' >.gitlab-ci.yml
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb GCLIENT=1 "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

cat "$tmp/printed"
[ "$status" = 1 ] || changed "it ends with $status"
grep -q 'Unknown argument: ient' "$tmp/printed" || changed "it says something else"

echo "as described"
