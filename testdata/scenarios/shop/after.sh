#!/bin/sh
# after.sh ENVIRONMENT BRANCH: what the next hotfix starts from.
set -eu
printf '%s\n' "$2" >"$E2E_STATE/after/$1"
