#!/bin/sh
# notify.sh WHO WHAT: somebody is notified.
set -eu
printf '%s %s\n' "$1" "$2" >>"$E2E_STATE/notices"
