#!/bin/sh
# deploy.sh ENVIRONMENT VERSION: a machine is a file that says what runs there.
set -eu
. ./faults.sh
fault deploy "$1"
die before "$1"
printf '%s %s\n' "$2" "$(git rev-parse HEAD)" >"$E2E_STATE/environments/$1"
die after "$1"
