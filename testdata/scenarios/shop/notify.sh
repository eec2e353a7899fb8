#!/bin/sh
# notify.sh WHO WHAT WHY: somebody is notified.
set -eu
printf '%s %s %s\n' "$1" "$2" "$3" >>"$E2E_STATE/notices"
