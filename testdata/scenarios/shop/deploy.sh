#!/bin/sh
# deploy.sh ENVIRONMENT VERSION [IMAGE]: a machine is a file that says what runs there.
set -eu
. ./faults.sh
fault deploy "$1"
fresh "deploy-$1"
if [ -e dist/app ]; then # what was deployed once under a version is deployed again, or nothing
  mkdir -p "$E2E_STATE/built"
  find dist -printf '%p %M %l\n' | sort | cat - dist/app dist/.hidden/.gitignore >"$E2E_STATE/built/now-$E2E_RUN" # names, kinds, modes, links, contents
  [ -e "$E2E_STATE/built/$2" ] || cp "$E2E_STATE/built/now-$E2E_RUN" "$E2E_STATE/built/$2"
  diff "$E2E_STATE/built/$2" "$E2E_STATE/built/now-$E2E_RUN"
  set -- "$@" dist/built-*
  if [ $# != 3 ] || [ ! -x dist/bin/start ] || [ ! -h dist/bin/app ] || [ ! -h dist/dangling ] || [ ! -d dist/empty ]; then
    echo "the artifact is not as it was built"
    exit 1
  fi
  set -- "$1" "$2"
fi
if [ $# = 3 ]; then # nor is another image deployed under a version, or one that no digest names
  printf '%s\n' "$3" | grep -Eqx 'registry\.example\.com/acme/shop@sha256:[0-9a-f]{64}'
  [ -e "$E2E_STATE/image-$2" ] || printf '%s\n' "$3" >"$E2E_STATE/image-$2"
  [ "$3" = "$(cat "$E2E_STATE/image-$2")" ]
fi
if [ -e lib/.git ] && [ "$(git -C lib rev-parse HEAD)" != "$(git rev-parse HEAD:lib)" ]; then
  echo "the submodule is that of another version"
  exit 1
fi
die before "$1"
printf '%s %s\n' "$2" "$(git rev-parse HEAD)" >"$E2E_STATE/environments/$1"
die after "$1"
[ ! -e "$E2E_STATE/faults/break-host-$1" ] || : >"$E2E_STATE/host-is-away" # git answers nothing from now on
