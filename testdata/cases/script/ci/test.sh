#!/bin/sh
set -eu
make test
