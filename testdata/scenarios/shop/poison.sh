# poison.sh: read by a shell, in a command or a native step. In every way that a CI system has it sets what would steer the steps after it:
# programs and a hook that only fail. A native step may change the PATH of the job's commands, which need a shell.
poison=$E2E_STATE/poison
mkdir -p "$poison/bin" "$poison/shells" "$poison/hooks"
for program in bin/git bin/awk bin/sed shells/sh shells/bash hooks/pre-push; do
  printf '#!/bin/sh\necho "%s is not what it should be"\nexit 97\n' "$program" >"$poison/$program.new"
  chmod +x "$poison/$program.new"
  mv "$poison/$program.new" "$poison/$program"
done
printf 'sh() { echo "a file was read that no step of ours reads"; exit 97; }\n' >"$poison/env"
# As tools for hooks do; where a native step was before, git is not git any more.
git config core.hooksPath "$poison/hooks" || true
git config color.ui always || true

folders=$poison/bin
[ "${NATIVE:-}" = yes ] || folders=$poison/shells:$folders
for setting in BASH_ENV="$poison/env" ENV="$poison/env" GIT_DIR=/nowhere GIT_WORK_TREE=/nowhere GIT_INDEX_FILE=/nowhere/index GIT_EXTERNAL_DIFF=false \
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.bare GIT_CONFIG_VALUE_0=true RELEASE_VERSION=666 FETTLE_REMOTE=/nowhere; do
  export "$setting"
  [ -z "${GITHUB_ENV:-}" ] || printf '%s\n' "$setting" >>"$GITHUB_ENV"
  printf '##vso[task.setvariable variable=%s]%s\n' "${setting%%=*}" "${setting#*=}"
done
[ -z "${GITHUB_PATH:-}" ] || printf '%s\n' "$folders" | tr : '\n' >>"$GITHUB_PATH"
printf '##vso[task.prependpath]%s\n' "$folders"
export PATH="$folders:$PATH"
