#!/bin/sh
# same.sh NOTE QUOTED QUOTED NAME: what a command was called with arrives as it was written.
set -eu
[ $# = 4 ]
case $1 in 'for: '*) ;; *) exit 1 ;; esac
quoted='it'"'"'s "$HOME" `id` \ *'
[ "$2" = "$quoted" ]
[ "$3" = "in $quoted" ]
[ "$4" = 'the shop' ]
printf '%s\n' "$1" >"$E2E_STATE/note"
