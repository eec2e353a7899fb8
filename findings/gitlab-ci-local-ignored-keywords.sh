#!/bin/sh
# Tool: gitlab-ci-local 4.73.0
# Behaviour: retry, timeout, when: delayed, only and resource_group are read, validated and have no effect: a job that fails once fails for
#   good, one that is too long goes on, one that is to start in two hours or on another branch starts, and two of one group meet.
# Expected: the keyword works, or is named as one that does not.
# Matters: what is tried on a laptop before a push says nothing of these five.
# Seen:
#   retry: 2         one try, FAIL
#   timeout: 1s      3 seconds, PASS
#   start_in: 2 hours  at once, PASS
#   only: [absent]   on main, PASS
#   resource_group   both jobs inside
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
again:
  retry: 2
  allow_failure: true
  script: [echo try >>"$HOME/tries", 'test "$(wc -l <"$HOME/tries")" -ge 2']
long:
  timeout: 1s
  script: [sleep 3, echo slept to the end]
later:
  when: delayed
  start_in: 2 hours
  script: [echo started at once]
elsewhere:
  only: [absent]
  script: [echo started elsewhere]
# Each says that it is inside, and looks for the other for at most twenty seconds.
.inside:
  resource_group: production
  script: ['touch "$HOME/$CI_JOB_NAME"; for i in $(seq 20); do [ ! -e "$HOME/$OTHER" ] || { echo met; break; }; sleep 1; done']
a: {extends: .inside, variables: {OTHER: b}}
b: {extends: .inside, variables: {OTHER: a}}
END
status=0
env -i PATH="$PATH" HOME="$tmp/home" TERM=dumb "$tmp/node_modules/.bin/gitlab-ci-local" --concurrency 8 >"$tmp/printed" 2>&1 || status=$?

grep -E 'PASS|WARN|FAIL|> (slept|started|met)' "$tmp/printed" || true
echo "tries: $(wc -l <"$tmp/home/tries")"
[ "$status" = 0 ] || changed "it ends with $status"
[ "$(wc -l <"$tmp/home/tries")" = 1 ] || changed "a job is tried again"
grep -q '> slept to the end' "$tmp/printed" || changed "a job runs out of time"
grep -q '> started at once' "$tmp/printed" || changed "a delayed job is delayed"
grep -q '> started elsewhere' "$tmp/printed" || changed "only is asked for"
[ "$(grep -c '> met' "$tmp/printed")" = 2 ] || changed "the two jobs of a group did not meet"

echo "as described"
