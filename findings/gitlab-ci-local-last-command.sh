#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: a job whose last line is a list such as "false && echo never" passes. The shell does not stop there (a list is no reason for -e), and
#   its last status is not the job's.
# Expected: what bash says of the same lines with set -eo pipefail: it ends with 1.
# Matters: "test -f report && ./publish" as a last line is a check for some and a condition for others: the local run does not show which. Write an if.
# Seen:
#   gitlab-ci-local  PASS  job, rc 0
#   bash             rc 1
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
job:
  script: [echo start, false && echo never]
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" >"$tmp/printed" 2>&1 || status=$?

grep -E 'PASS|FAIL' "$tmp/printed" || true
in_bash=0
bash -c 'set -eo pipefail; echo start; false && echo never' || in_bash=$?
echo "gitlab-ci-local: $status, bash: $in_bash"
[ "$in_bash" = 1 ] || changed "bash ends with $in_bash"
[ "$status" = 0 ] || changed "the job fails"

echo "as described"
