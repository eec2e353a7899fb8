set -eu
lock=$(sed -n "s/^$CI_JOB_NAME //p" "$E2E_LOCKS")
[ -z "$lock" ] || curl --silent --fail --request POST "$E2E_CONTROL/lock?name=$lock"
[ "${GIT_STRATEGY:-}" != none ] || exit 0
origin=$(git remote get-url origin)
if [ -n "${E2E_FRESH:-}" ]; then # a hosted machine has nothing from before
  find .git -mindepth 1 -maxdepth 1 ! -name runner -exec rm -rf {} + # runner is the engine's own
  git init --quiet
  git remote add origin "$origin"
fi
git remote set-url origin "$E2E_FROM"
git fetch --tags --force ${GIT_FETCH_EXTRA_FLAGS:---prune --quiet} origin '+refs/heads/*:refs/remotes/origin/*'
git checkout --quiet --force --detach "$E2E_COMMIT"
git remote set-url origin "$origin"
# By the flags that the job has. What its needs left for it comes after this on a true runner, and before it here.
[ "${GIT_CLEAN_FLAGS:--ffdx}" = none ] || git clean --quiet ${GIT_CLEAN_FLAGS:--ffdx} --exclude=/.fettle/artifact
