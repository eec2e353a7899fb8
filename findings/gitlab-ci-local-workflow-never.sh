#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: a pipeline whose workflow:rules say when: never is run in full and ends with 0.
# Expected: no pipeline, as the rules say.
# Matters: workflow:rules decide which pushes, tags and requests start anything. They look right here whatever they say; ask for them
#   apart from the jobs.
# Seen:
#   rules: [{when: never}]     PASS  job, rc 0
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

cat >.gitlab-ci.yml <<'END'
workflow:
  rules: [{when: never}]
job:
  script: [echo it ran]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep -E '^ *(job >|PASS|FAIL)|> it ran' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -q '> it ran' "$tmp/printed" || changed "the job is not run"

echo "as described"
