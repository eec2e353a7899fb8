set -eu
[ "$PERSIST" = false ] || { echo "persist-credentials is not switched off" >&2; exit 1; }
lock=$(printf '%s' "$E2E_LOCKS" | sed -n "s/.*\"$GITHUB_JOB\":\"\([^\"]*\)\".*/\1/p")
[ -z "$lock" ] || curl --silent --fail --request POST "$E2E_CONTROL/lock?name=$lock"
find . -mindepth 1 -maxdepth 1 -exec rm -rf {} +
git init --quiet .
git remote add origin "$E2E_FROM" # with what no later step has
commit=$E2E_COMMIT
[ -z "$REF" ] || commit=$(git --git-dir="$E2E_DISK" rev-parse --verify --quiet "refs/heads/$REF" || printf '%s' "$REF")
if [ "$DEPTH" = 0 ]; then
  git fetch --quiet --tags --prune ${FILTER:+--filter="$FILTER"} origin '+refs/heads/*:refs/remotes/origin/*'
else
  git fetch --quiet --depth=1 origin "$commit"
fi
git checkout --quiet --force --detach "$commit"
git remote set-url origin "$E2E_REMOTE"
