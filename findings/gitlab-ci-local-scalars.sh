#!/bin/sh
# Tool: gitlab-ci-local 4.73.0 (js-yaml 4.3.2)
# Behaviour: a variable that is written without quotes reaches the job as JavaScript prints it: a date as a sentence with its time zone, 1e3 as
#   1000, 3.10 as 3.1. Of YAML's own types none is put back into the text of the file.
# Expected: the text, or an error, since a variable is a text.
# Matters: a freeze date or a version that is set in variables: becomes something that no command reads. Quote every value.
# Seen:
#   2026-01-01     Thu Jan 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)
#   1e3 1000, 3.10 3.1, 0x1F 31, yes yes
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
variables: {A: 2026-01-01, B: 1e3, C: 3.10, D: 0x1F, E: yes}
job:
  script: ['echo "$A, $B $C $D $E"']
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb TZ=UTC "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep 'job >' "$tmp/printed" || true
[ "$status" = 0 ] || changed "it ends with $status"
grep -q 'Thu Jan 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time), 1000 3.1 31 yes' "$tmp/printed" || changed "values are written otherwise"

echo "as described"
