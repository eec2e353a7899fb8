#!/bin/sh
# The reference: what a release costs that is recorded by git alone. A tag and a branch at the commit, in one push.
#   sh plain.sh VERSION COMMIT
set -eu
git tag -a -m "Release $1" "release/$1" "$2"
git push --quiet origin "refs/tags/release/$1" "$2:refs/heads/hotfix/$1"
