#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: a variable without a value is empty in the short form (NAME:), and the text "null" in the long one (NAME: {value: }).
# Expected: empty in both, as GitLab reads them (firecow/gitlab-ci-local, pull request 1096).
# Matters: a form's answer that is left empty, put into the file where the value stands without quotes, reaches the job as the word null: an incident,
#   a branch or a version of that name.
# Seen:
#   [][null][null]
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
variables:
  SHORT:
  LONG:
    value:
  KEPT:
    value:
    expand: false
job:
  script: ['echo "[$SHORT][$LONG][$KEPT]"']
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep -E ' > ' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -qF '> [][null][null]' "$tmp/printed" || changed "a variable without a value is read otherwise"

echo "as described"
