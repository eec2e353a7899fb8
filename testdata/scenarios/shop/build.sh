#!/bin/sh
# build.sh: no two builds are the same, so that one that is built again is noticed.
set -eu
mkdir -p dist/bin dist/empty dist/.hidden
od -An -N8 -tx1 /dev/urandom >dist/app
: >"dist/built-$(tr -d ' \n' <dist/app)" # one of an earlier build beside it is noticed
printf '#!/bin/sh\n' >dist/bin/start
chmod 750 dist/bin/start
ln -sf ../app dist/bin/app
ln -sf nowhere dist/dangling
echo hidden >dist/.hidden/.gitignore
chmod 600 dist/.hidden/.gitignore
mkdir -p build
printf 'sha256:%s\n' "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" >build/digest # what a registry would answer
