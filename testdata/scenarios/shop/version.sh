#!/bin/sh
# version.sh: the version by a command of the policy, which has no credential.
set -eu
[ -z "${FETTLE_TOKEN:-}" ]
echo "r$(git rev-list --count --first-parent HEAD)"
