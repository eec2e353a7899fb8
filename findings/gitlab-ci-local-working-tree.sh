#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: without images and without --shell-isolation a job runs in the working tree itself, on the branch that is checked out: changes that are not
#   committed are seen, what a job writes stays there, and later jobs find it although it is no artifact.
# Expected: each job in a copy of the commit, as the runner gives it.
# Matters: a job that forgot its artifacts: or needs a file that is ignored passes here and fails on the host; and a job that cleans up does so
#   among the sources.
# Seen:
#   second job   sees "left" of the first, and "changed" that was never committed; HEAD is refs/heads/main
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

echo committed >file
git add file
git commit -q -m file
echo changed >file
cat >.gitlab-ci.yml <<'END'
stages: [one, two]
first:
  stage: one
  script: [echo left >left]
second:
  stage: two
  script: [cat left file, git symbolic-ref HEAD]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep 'second >' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
[ "$(grep -c 'second > \(left\|changed\|refs/heads/main\)$' "$tmp/printed")" = 3 ] || changed "a job sees something else"
[ -e left ] || changed "nothing is left among the sources"

echo "as described"
