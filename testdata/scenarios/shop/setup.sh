#!/bin/sh
# setup.sh ENVIRONMENT: a login before a deployment, which leaves a file.
set -eu
. ./faults.sh
fault setup "$1"
echo "$1" >.login
