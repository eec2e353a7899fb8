#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: the report of artifacts:reports:dotenv is read like a .env file of Node: quotes around a value are taken away, and a # and what follows
#   is cut off as a comment.
# Expected: the value as it stands behind the sign, which is all that the report has a syntax for.
# Matters: a subject of a commit, a title or an address with # arrives shorter, or with other quotes, than what the job before wrote.
# Seen:
#   A="q" q   B=x # y x   C=https://example.com/#top https://example.com/
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
stages: [one, two]
first:
  stage: one
  script: ['printf "%s\n" "A=\"q\"" "B=x # y" "C=https://example.com/#top" >report; cat report']
  artifacts: {reports: {dotenv: report}}
second:
  stage: two
  script: ['echo "[$A][$B][$C]"']
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep -E ' > ' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -qF '> [q][x][https://example.com/]' "$tmp/printed" || changed "values are read otherwise"

echo "as described"
