set -eu
lock=$(sed -n "s/^$CI_JOB_NAME //p" "$E2E_LOCKS")
[ -z "$lock" ] || curl --silent --fail --request POST "$E2E_CONTROL/lock?name=$lock"
[ "${GIT_STRATEGY:-}" != none ] || exit 0
git fetch --quiet --prune --tags --force "$E2E_DISK" '+refs/heads/*:refs/remotes/origin/*'
git checkout --quiet --force --detach "$E2E_COMMIT"
# By the flags that the job has. What its needs left for it comes after this on a true runner, and before it here.
[ "${GIT_CLEAN_FLAGS:--ffdx}" = none ] || git clean --quiet ${GIT_CLEAN_FLAGS:--ffdx} --exclude=/.fettle/artifact
