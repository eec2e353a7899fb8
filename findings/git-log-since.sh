#!/bin/sh
# Tool: git 2.39.5
# Behaviour: git log --since stops at the first commit that is older: behind one with a wrong clock, on top of the branch, it finds nothing. The filter
#   that looks at each commit is --since-as-filter (2.37 and later).
# Expected: the commits of that time, in whatever order they stand.
# Matters: "what changed in the last week" is empty after a rebase that keeps dates, an import, or one push from a machine whose clock is
#   wrong, and an empty list of changes is no error.
# Seen:
#   --since=2020-01-01             0 commits
#   --since-as-filter=2020-01-01   2 commits
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

# Nothing of the person who runs this is read: no identity, no settings.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
git --version

git init -q -b main repository
cd repository
git commit -q --allow-empty -m new
git commit -q --allow-empty -m newer
GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git commit -q --allow-empty -m "by a wrong clock"

since=$(git log --since=2020-01-01 --format=%s | wc -l) filter=$(git log --since-as-filter=2020-01-01 --format=%s | wc -l)
echo "--since: $since, --since-as-filter: $filter"
[ "$since" = 0 ] || changed "--since goes on behind an older commit"
[ "$filter" = 2 ] || changed "--since-as-filter finds $filter"

echo "as described"
