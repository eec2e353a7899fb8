#!/bin/sh
# In place of your own.
echo "smoke: $*"
