#!/bin/sh
# build.sh: no two builds are the same, so that one that is built again is noticed.
set -eu
mkdir -p dist
od -An -N8 -tx1 /dev/urandom >dist/app
